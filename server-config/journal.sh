#!/bin/sh
# Makes and verifies backups of a journal without a server (docs/deploying.md, "Backup and restore"):
#   journal.sh trailcast.war backup JOURNAL DIRECTORY
#   journal.sh trailcast.war verify FILE
# To be run as the server's user. Needs Java 17, and unzip.
set -eu
war=${1:?"which WAR? journal.sh trailcast.war backup JOURNAL DIRECTORY, or verify FILE"}
shift
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
unzip -q "$war" 'WEB-INF/*' -d "$unpacked"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dslf4j.internal.verbosity=ERROR -cp "$unpacked/WEB-INF/classes:$unpacked/WEB-INF/lib/*" \
  dev.trailcast.journal.store.BackupCommand "$@"
