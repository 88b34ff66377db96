#!/bin/sh
# Copies the system libraries that a runtime needs into an image: libraries.sh RUNTIME IMAGE
set -eu
runtime=$1
image=$2
cd "$runtime"
# Those for screens and sound stay out: the server has neither.
find bin lib \( -name java -o -name '*.so' \) ! -name 'lib*awt_xawt.so' ! -name 'libjawt.so' ! -name 'libsplashscreen.so' ! -name 'libjsound.so' |
    while read -r file; do
        LD_LIBRARY_PATH=$runtime/lib:$runtime/lib/server ldd "$file"
    done |
    sed -n 's|^.* => \(/[^ ]*\) (.*|\1|p; s|^[[:space:]]*\(/[^ ]*\) (.*|\1|p' | grep -v "^$runtime/" | sort -u |
    while read -r library; do
        mkdir -p "$image$(dirname "$library")"
        cp -L "$library" "$image$library"
    done
