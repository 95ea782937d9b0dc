#!/bin/bash
# Lets Debian's wapiti and sqlmap loose on a demonstration county on this machine. Not part of `npm test`; needs
# `apt-get install wapiti sqlmap`. Usage: test/attack/scanners.sh http://localhost:8080 [login]
# Without a login the portal is scanned, with one the console as that account sees it (SCAN_PASSWORD, by default the demonstration's).
# SCAN_SECONDS bounds wapiti's crawl and each of its modules, 300 unless told otherwise.
# Never point it at a county in use: it fills in every form.
set -eu
url=${1:?address of a demonstration county, e.g. http://localhost:8080}
case $url in http://localhost:*|http://127.0.0.1:*) ;; *) echo "only a service on this machine"; exit 2;; esac
login=${2:-}
seconds=${SCAN_SECONDS:-300}
out=$(mktemp -d /tmp/windlion-scan-XXXXXX)
found=0
modules=xss,sql,exec,file,crlf,redirect,ssrf,xxe,http_headers,cookieflags,csp,methods

# wapiti NAME START [OPTION…]: what it finds, but for what plain http cannot have and what answers 429 to a program in a hurry
scan() {
  name=$1; start=$2; shift 2
  echo "wapiti: $name"
  wapiti -u "$start" --scope folder --max-scan-time "$seconds" --max-attack-time "$seconds" -m "$modules" -f json -o "$out/$name.json" --flush-session "$@" >"$out/$name.log" 2>&1 || true
  python3 - "$out/$name.json" <<'P' || found=1
import json, os, re, sys
if not os.path.exists(sys.argv[1]):
    print('  no report: see the log beside it')
    sys.exit(1)
report = json.load(open(sys.argv[1]))
# over plain http no header can promise TLS; X-XSS-Protection is 0 as OWASP has it, wapiti knows only 1
found = {kind: [(one['path'], one['parameter'], one['info']) for one in ones if not any(name in one['info'] for name in ('Strict-Transport-Security', 'X-XSS-Protection'))] for kind, ones in report['vulnerabilities'].items()}
kinds = {kind: infos for kind, infos in found.items() if infos}
crawled = re.search(r'found (\d+) URLs and forms', open(sys.argv[1].replace('.json', '.log'), errors='replace').read())
print('  addresses and forms:', crawled[1] if crawled else 'none counted', 'found:', kinds or 'nothing')
sys.exit(1 if kinds else 0)
P
}

# inject PAGE [OPTION…]
inject() {
  page=$1; shift
  sqlmap -u "$url$page" --batch --level 2 --risk 1 --flush-session --disable-coloring --output-dir "$out/sqlmap" "$@" >"$out/sqlmap.log" 2>&1 || true
  if grep -q "is vulnerable\|sqlmap identified the following injection" "$out/sqlmap.log"; then echo "  found: $page"; found=1; else echo "  nothing: $page"; fi
}

if [ -z "$login" ]; then
  scan portal "$url/"
  echo "sqlmap: searches, numbers and tokens that anybody may send"
  for page in '/petitions/published?q=1' '/statistics/petitions?from=110/1/1&to=111/1/1' '/api/v1/figures/petitions.received?from=110-04-01&to=110-09-30'; do inject "$page"; done
else
  # signed in; signing out lies outside the folder that is scanned
  cookie=$(curl -s -o /dev/null -D - -H "Origin: $url" --data-urlencode "login=$login" --data-urlencode "password=${SCAN_PASSWORD:-windlion-demo}" "$url/sign-in" | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \(windlion_session=[^;]*\).*/\1/p')
  [ -n "$cookie" ] || { echo "sign-in of $login failed"; exit 2; }
  scan "console-$login" "$url/console/" -H "Cookie: $cookie" -H "Origin: $url"
  echo "sqlmap: searches and filters of the console"
  for page in '/console/petitions?q=1&stage=closed&unit=1' '/console/search?q=1' '/console/clocks?q=1' '/api/v1/petitions?unit=1&stage=closed' '/api/v1/search?q=1'; do inject "$page" --cookie "$cookie"; done
fi
echo "reports: $out"
exit $found
