"""The name and the version of the program.

They stand here once: the window title, the reports, the package and the
project file all read them from this module.
"""

NAME = "gouji"
DISPLAY_NAME = "勾稽"
VERSION = "0.1.0"

# How desktops of Linux know the program: the name of its entry, icon and folder below /opt/apps.
# It begins with z, because where nobody has decided which program opens a file, the first of
# the alphabet does, and that must not be this one.
APPLICATION_ID = "zone.gouji.gouji"
