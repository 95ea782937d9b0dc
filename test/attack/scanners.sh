#!/bin/bash
# Lets Debian's wapiti and sqlmap loose on a demonstration county on this machine. Not part of `npm test`; needs
# `apt-get install wapiti sqlmap`. Usage: test/attack/scanners.sh http://localhost:8080 [login]
# Never point it at a county in use: it fills in every form.
set -eu
url=${1:?address of a demonstration county, e.g. http://localhost:8080}
case $url in http://localhost:*|http://127.0.0.1:*) ;; *) echo "only a service on this machine"; exit 2;; esac
out=$(mktemp -d /tmp/windlion-scan-XXXXXX)
found=0

echo "wapiti: the portal"
wapiti -u "$url/" --scope folder --max-scan-time 10 -m xss,sql,exec,file,crlf,redirect,ssrf,xxe,http_headers,cookieflags,csp,methods -f json -o "$out/wapiti.json" --flush-session >"$out/wapiti.log" 2>&1 || true
python3 - "$out/wapiti.json" <<'P' || found=1
import json, sys
report = json.load(open(sys.argv[1]))
# over plain http no header can promise TLS
found = {kind: [one['info'] for one in ones if 'Strict-Transport-Security' not in one['info']] for kind, ones in report['vulnerabilities'].items()}
kinds = {kind: infos for kind, infos in found.items() if infos}
print('  found:', kinds or 'nothing')
sys.exit(1 if kinds else 0)
P

echo "sqlmap: searches, numbers and tokens that anybody may send"
for page in '/petitions/published?q=1' '/statistics/petitions?from=110/1/1&to=111/1/1' '/api/v1/figures/petitions.received?from=110-04-01&to=110-09-30'; do
  sqlmap -u "$url$page" --batch --level 2 --risk 1 --flush-session --disable-coloring --output-dir "$out/sqlmap" >"$out/sqlmap.log" 2>&1 || true
  if grep -q "is vulnerable\|sqlmap identified the following injection" "$out/sqlmap.log"; then echo "  found: $page"; found=1; else echo "  nothing: $page"; fi
done
echo "reports: $out"
exit $found
