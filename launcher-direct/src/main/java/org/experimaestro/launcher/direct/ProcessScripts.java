package org.experimaestro.launcher.direct;

import static org.experimaestro.spi.ShellText.quote;

import java.time.Duration;
import java.util.List;

/** The scripts that look at processes, and end them. On Linux they start no other process for each that is looked at. */
final class ProcessScripts {
    /**
     * Sets {@code host} and {@code boot}, and defines {@code look PID}: it sets {@code start}, empty if there is no such
     * process, and {@code state}, a letter of ps(1).
     *
     * <p>The name of the command in {@code /proc/PID/stat} may have any characters; its last parenthesis ends it. The state
     * is the first field behind it, and the start the twentieth.
     */
    static final String IDENTITY = """
            host=$(uname -n)
            if [ -r /proc/sys/kernel/random/boot_id ]; then
              IFS= read -r boot </proc/sys/kernel/random/boot_id
              look() {
                start= state=
                if IFS= read -r stat 2>/dev/null </proc/"$1"/stat; then
                  set -- ${stat##*) }
                  state=$1
                  shift 19
                  start=$1
                fi
              }
            else
              boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null || sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
              boot=${boot:--}
              look() {
                state=$(LC_ALL=C ps -o state= -p "$1" 2>/dev/null)
                start=$(LC_ALL=C TZ=UTC ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '__' | tr -d '\\n')
              }
            fi
            """;

    /** Whether a process group has a process that lives, whose leader is gone: {@code kill} reaches no group without one. */
    private static final String LOOK = """
            job() {
              exit= cancelled=no
              if [ -e "$6.cancelled" ]; then cancelled=yes; fi
              result=ended
              if [ ! -e "$6.exit" ]; then
                result=elsewhere
                if [ "$2" = "$host" ]; then
                  result=restarted
                  if [ "$5" = "$boot" ]; then
                    look "$3"
                    if [ -n "$start" ] && [ "$start" = "$4" ] && [ "${state#Z}" = "$state" ]; then
                      case $state in T*|t*) result=stopped ;; *) result=running ;; esac
                    elif [ -z "$start" ] && kill -s 0 -- "-$3" 2>/dev/null; then
                      result=running
                    else
                      result=vanished
                    fi
                  fi
                fi
                # It may have ended since the first look.
                if [ -e "$6.exit" ]; then result=ended; fi
              fi
              if [ $result = ended ]; then read -r exit <"$6.exit" || result=elsewhere; fi
              echo "$1 $result ${exit:--} $cancelled"
            }
            """;

    private static final String END = """
            failed=0
            left=
            job() {
              if [ "$1" != "$host" ] || [ "$4" != "$boot" ] || [ -e "$5.exit" ]; then return; fi
              look "$2"
              if [ -n "$start" ] && [ "$start" != "$3" ]; then return; fi
              kill -s 0 -- "-$2" 2>/dev/null || [ -n "$start" ] || return
              : >"$5.cancelled" || failed=1
              # Just started, it may not have its own session yet.
              if kill -s TERM -- "-$2" 2>/dev/null || kill -s TERM "$2"; then
                kill -s CONT -- "-$2" 2>/dev/null
                left="$left $2:$3"
              else
                look "$2"
                if [ "$start" = "$3" ]; then failed=1; fi
              fi
            }
            """;

    /** The first number is how long to wait, in seconds; then come processes as {@code PID:START}. */
    private static final String KILL = """
            grace=$1
            shift
            while [ "$grace" -gt 0 ]; do
              sleep 1
              grace=$((grace - 1))
              alive=no
              for process; do
                if kill -s 0 -- "-${process%%:*}" 2>/dev/null; then alive=yes; fi
              done
              if [ $alive = no ]; then exit; fi
            done
            for process; do
              pid=${process%%:*}
              look "$pid"
              if [ -z "$start" ] || [ "$start" = "${process#*:}" ]; then kill -s KILL -- "-$pid" 2>/dev/null; fi
            done
            """;

    private ProcessScripts() {}

    /** Prints for each process a line {@code INDEX STATE EXIT CANCELLED}. */
    static String look(List<Handle> handles) {
        StringBuilder script = new StringBuilder(IDENTITY).append(LOOK);
        for (int i = 0; i < handles.size(); i++) {
            script.append("job ").append(i).append(' ').append(words(handles.get(i)));
        }
        return script.append("exit 0\n").toString();
    }

    /**
     * Asks processes to end, and goes on in the background to kill those that have not after a while.
     *
     * @param handles the leaders of their sessions
     * @param grace how long they have
     */
    static String end(List<Handle> handles, Duration grace) {
        StringBuilder script = new StringBuilder(IDENTITY).append(END);
        for (Handle handle : handles) {
            script.append("job ").append(words(handle));
        }
        return script.append("kill=")
                .append(quote(IDENTITY + KILL))
                .append("\nif [ -n \"$left\" ]; then\n")
                .append("  { trap '' HUP; exec sh -c \"$kill\" sh ")
                .append(grace.toSeconds())
                .append(" $left; } </dev/null >/dev/null 2>&1 &\n")
                .append("fi\nexit $failed\n")
                .toString();
    }

    private static String words(Handle handle) {
        return quote(handle.host()) + " " + handle.pid() + " " + quote(handle.start()) + " " + quote(handle.boot())
                + " " + quote(handle.files() + "." + handle.pid()) + "\n";
    }
}
