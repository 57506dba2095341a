"""The name and the version of the program.

They stand here once: the window title, the reports, the package and the
project file all read them from this module.
"""

NAME = "gouji"
DISPLAY_NAME = "勾稽"
VERSION = "0.1.0"
