/* Binds the functions whose newest version in glibc 2.31 is younger than 2.28
   to the one of 2.2.5, which differs in nothing but how errors are reported
   through errno and matherr. */
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
