#!/usr/bin/env bash
# Optional system packages on Debian: OCR, a browser for the tests and for PNG/SVG export, fonts, a database for its tests.
# The dashboard runs without them and says what is missing.
set -euo pipefail
packages=(tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet chromium fonts-noto-core postgresql)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "all optional system packages are installed"
  exit 0
fi
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
