#!/usr/bin/env bash
# Inside the build system: build the fcitx input plugin for the pinned Qt.
#
#   inside_plugin.sh SITE_PACKAGES
#
# The wheels of PySide6 have no plugin for fcitx, and without one no Chinese can
# be typed on most Chinese desktops.  Its sources are those of fcitx-qt5 1.2.7,
# whose platform input context is under the 3-clause BSD licence (the rest of
# that work is not, and is not used).  It is compiled with the private headers
# of Qt 6.8.2, the newest at hand, and linked to the libraries of the wheel:
# after a change of the pinned Qt, the typing of try_deb.sh must be seen to work.
set -euo pipefail
qt=$1/PySide6/Qt
target=$qt/plugins/platforminputcontexts/libfcitxplatforminputcontextplugin-qt6.so
[ ! -e "$target" ] || exit 0

root=/build/qt
headers=$root/usr/include/x86_64-linux-gnu/qt6
version=$(ls "$headers/QtGui" | grep -m 1 -E '^6\.[0-9]+\.[0-9]+$')
work=/build/plugin
rm -rf "$work"
cp -rL /build/fcitx-qt5-1.2.7/qt6/platforminputcontext "$work"
cd "$work"

# The tools are of a newer release than this system, and so is their C library.
tool() {
    local program=$1
    shift
    "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" \
        "$root/usr/lib/qt6/$program" "$@"
}

for interface in InputContext InputContext1 InputMethod InputMethod1; do
    name=$(tr '[:upper:]' '[:lower:]' <<<"$interface")proxy
    tool bin/qdbusxml2cpp -i fcitxqtdbustypes.h -p "$name" "org.fcitx.Fcitx.$interface.xml"
done

flags=(-DNDEBUG -DQT_NO_DEBUG -DQT_PLUGIN -DQT_NO_KEYWORDS -DQT_CORE_LIB -DQT_GUI_LIB -DQT_DBUS_LIB
    -I. "-I$headers")
for module in QtCore QtGui QtDBus; do
    flags+=("-I$headers/$module" "-I$headers/$module/$version" "-I$headers/$module/$version/$module")
done

for header in *.h; do
    grep -q 'Q_OBJECT\|Q_PLUGIN_METADATA' "$header" || continue
    tool libexec/moc "${flags[@]}" "$header" -o "moc_${header%.h}.cpp"
    # Some sources take their own moc file in.
    ! grep -q "moc_${header%.h}.cpp\|\"${header%.h}.moc\"" ./[!m]*.cpp || rm "moc_${header%.h}.cpp"
done

for source in *.cpp; do
    g++ -std=c++17 -O2 -fPIC -fvisibility=hidden "${flags[@]}" -c "$source" -o "${source%.cpp}.o"
done
g++ -shared -Wl,--no-undefined -Wl,-rpath,'$ORIGIN/../../lib' -o plugin.so ./*.o \
    "$qt"/lib/libQt6{Core,Gui,DBus}.so.6 -Wl,-rpath-link,"$qt/lib" -lxkbcommon
strip --strip-unneeded plugin.so
install -m 644 plugin.so "$target"
echo "plugin: $(stat -c %s "$target") bytes, headers of Qt $version"
