#!/usr/bin/env bash
# Inside the build system: build the Python that is packaged, into /build/python-3.11.
#
# It needs nothing newer than GLIBC 2.28, although the system has 2.31: see
# symver.h, and sem_clockwait is of 2.30.  There is no OpenSSL and no readline,
# so that neither can get into the package.
set -euo pipefail
target=/build/python-3.11
[ ! -e "$target/.made" ] || exit 0

# A security fix of Debian lets pyexpat use an inner header; Debian itself builds
# the module in, where the header may be used.
sed -i "s/'pyexpat', sources=\['pyexpat.c'\])/'pyexpat', sources=['pyexpat.c'], define_macros=[('Py_BUILD_CORE_MODULE', '1')])/" \
    /build/python/setup.py
rm -rf "$target" /build/python/build-here
mkdir -p /build/python/build-here
cd /build/python/build-here
../configure --prefix="$target" --enable-shared --without-ensurepip --disable-test-modules \
    --with-system-libmpdec \
    CFLAGS="-g0 -include /build/scripts/symver.h" LDFLAGS="-Wl,-rpath,$target/lib" \
    ac_cv_func_sem_clockwait=no >configure.log
make -j "$(nproc)" >make.log 2>&1 || { tail -n 20 make.log; exit 1; }
make install >install.log 2>&1 || { tail -n 20 install.log; exit 1; }
strip --strip-unneeded "$target"/lib/libpython3*.so*
"$target/bin/python3.11" -c '
import bz2, ctypes, decimal, lzma, uuid, xml.parsers.expat, zlib, multiprocessing.synchronize, sys
print("python", sys.version)'
touch "$target/.made"
