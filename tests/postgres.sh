# A PostgreSQL server of our own in a folder of our own, thrown away at the end. Sourced by tests/run and tests/bench.

# The newest installed; Debian keeps initdb and pg_ctl off the PATH.
postgres_bin() {
    local initdb
    initdb=$({ ls /usr/lib/postgresql/*/bin/initdb 2> /dev/null | sort -V; command -v initdb; } | tail -1)
    [ -z "$initdb" ] || dirname "$initdb"
}

# PostgreSQL refuses to run as root: then it runs as the user that its package made.
as_postgres() {
    local program
    program="$(postgres_bin)/$1"
    shift
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$program" "$@")
    else
        "$program" "$@"
    fi
}

# start_own_postgres FOLDER [OPTION...]: makes FOLDER/postgres and listens on a socket there, which needs no free port and
# which nobody else can reach. Where it fails it shows why. FOLDER must let the user postgres pass through.
start_own_postgres() {
    local home="$1/postgres"
    shift
    mkdir -m 700 "$home"
    [ "$(id -u)" -ne 0 ] || chown postgres "$home"
    as_postgres initdb -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N > "$home.initdb.log" 2>&1 &&
        as_postgres pg_ctl -D "$home/data" -l "$home/log" -w -t 60 start -o \
            "-c listen_addresses='' -c unix_socket_directories='$home' -c max_connections=300 $*" \
            > "$home.pg_ctl.log" 2>&1 < /dev/null && return
    cat "$home.initdb.log" "$home.pg_ctl.log" "$home/log" 2> /dev/null
    return 1
}

stop_own_postgres() {
    [ ! -f "$1/postgres/data/postmaster.pid" ] || as_postgres pg_ctl -D "$1/postgres/data" -m immediate -w stop > /dev/null 2>&1
}
