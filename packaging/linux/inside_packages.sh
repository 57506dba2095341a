#!/usr/bin/env bash
# Inside the build system: make the .deb and the .tar.xz of /build/source/dist/gouji.
#
# The .deb has the layout of UOS: everything is below /opt/apps/<id>, and where
# other desktops look there are links only.
set -euo pipefail
cd /build/source
python=/build/env/bin/python
read -r id name version < <("$python" -c '
from core.version import *
print(APPLICATION_ID, NAME, VERSION)')
day=$(date --utc --date "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%F)
home=opt/apps/$id
out=dist/packages
tree=dist/tree
rm -rf "$tree"
mkdir -p "$out" "$tree/$home"

# On Linux the two programs are the same, and each holds all of our modules.
share_program() {
    if cmp -s "dist/gouji/$name" "dist/gouji/$name-cli"; then
        ln -sf "$name" "dist/gouji/$name-cli"
    fi
}

lay_out_program() {
    "$python" packaging/linux/entries.py "$tree/$home" "$day"
    cp -a dist/gouji "$tree/$home/files"
}

link() {
    mkdir -p "$tree/$(dirname "$2")"
    ln -s "$1" "$tree/$2"
}

lay_out_links() {
    local icon
    link "/$home/files/$name" "usr/bin/$name"
    link "/$home/files/$name-cli" "usr/bin/$name-cli"
    link "/$home/entries/applications/$id.desktop" "usr/share/applications/$id.desktop"
    while read -r icon; do
        link "/$home/entries/icons/$icon" "usr/share/icons/$icon"
    done < <(cd "$tree/$home/entries/icons" && find . -type f -printf '%P\n')
    mkdir -p "$tree/usr/share/metainfo" "$tree/usr/share/doc/$id"
    mv "$tree/$home/metainfo.xml" "$tree/usr/share/metainfo/$id.metainfo.xml"
    cat LICENSE THIRD-PARTY-NOTICES.md >"$tree/usr/share/doc/$id/copyright"
    gzip -9n <CHANGELOG.md >"$tree/usr/share/doc/$id/changelog.gz"
}

write_control() {
    mkdir -p "$tree/DEBIAN"
    sed -e "s/@ID@/$id/; s/@VERSION@/$version/" \
        -e "s/@SIZE@/$(du -sk --exclude DEBIAN "$tree" | cut -f 1)/" \
        packaging/linux/control.in >"$tree/DEBIAN/control"
    install -m 755 packaging/linux/postrm "$tree/DEBIAN/postrm"
    (cd "$tree" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
}

share_program
lay_out_program
lay_out_links
write_control
chmod -R u=rwX,go=rX "$tree"
dpkg-deb --root-owner-group -Zxz "-z${LEVEL:-9}" --build "$tree" "$out/${id}_${version}_amd64.deb" >/dev/null

folder=$name-$version-linux-x86_64
rm -rf "dist/$folder"
cp -al dist/gouji "dist/$folder"
cp packaging/linux/portable.txt "dist/$folder/使用说明.txt"
tar -C dist --owner=0 --group=0 --sort=name --mtime "$day" -cf - "$folder" |
    xz "-${LEVEL:-9}" -T0 >"$out/$folder.tar.xz"
rm -rf "dist/$folder"
