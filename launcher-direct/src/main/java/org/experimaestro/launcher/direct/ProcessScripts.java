package org.experimaestro.launcher.direct;

import static org.experimaestro.spi.ShellText.quote;

import java.time.Duration;
import java.util.List;

/** A maker of the scripts that query processes, and end them. On Linux they start no other process for each query. */
final class ProcessScripts {
    /**
     * Sets {@code host} and {@code boot}, and defines {@code look PID}. This function sets {@code start} (empty if
     * there is no such process), {@code state} (a letter of ps(1)), and {@code group} (its process group).
     *
     * <p>The name of the command in {@code /proc/PID/stat} may have any characters; its last parenthesis ends it. The
     * state is the first field after it, the group the third, and the start the twentieth.
     */
    static final String IDENTITY = """
            host=$(uname -n)
            if [ -r /proc/sys/kernel/random/boot_id ]; then
              IFS= read -r boot </proc/sys/kernel/random/boot_id
              look() {
                start= state= group=
                if IFS= read -r stat 2>/dev/null </proc/"$1"/stat; then
                  set -- ${stat##*) }
                  state=$1 group=$3
                  shift 19
                  start=$1
                fi
              }
            else
              boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null || sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
              boot=${boot:--}
              look() {
                state=$(LC_ALL=C ps -o state= -p "$1" 2>/dev/null)
                group=$(LC_ALL=C ps -o pgid= -p "$1" 2>/dev/null | tr -d ' ')
                start=$(LC_ALL=C TZ=UTC ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '__' | tr -d '\\n')
              }
            fi
            """;

    /**
     * Defines {@code own PID TAG}, a test that a process is this user's, and is the leader of a job's session: its
     * arguments end with the tag of the job. After the leader has ended, it is a test that a process of the leader's
     * group was started with the tag in its environment. It sets {@code target}, to which a signal is sent, or {@code
     * found}, empty if none of them runs.
     *
     * <p>Without {@code /proc}, only the leader can be recognized. {@code read} drops the bytes 0 between words. The
     * text before and after a tag marks its beginning and its end.
     */
    private static final String OWN = """
            newline='
            '
            if [ -r /proc/self/environ ]; then
              unseen=
              contents() {
                contents=
                while IFS= read -r line || [ -n "$line" ]; do
                  contents=$contents$line$newline
                done 2>/dev/null <"$1"
              }
              is_mine() { [ -O /proc/"$1" ]; }
              leads() {
                contents /proc/"$1"/cmdline
                files=${2#*:}
                case $contents in *"${files%;}$2$newline") return 0 ;; esac
                return 1
              }
              belongs() {
                contents /proc/"$1"/environ
                case $contents in *"EXPERIMAESTRO_DIRECT_JOB=$2"*) return 0 ;; esac
                return 1
              }
            else
              unseen="has ended, and what it has started cannot be told from others"
              is_mine() { [ "$(ps -o uid= -p "$1" | tr -d ' ')" = "$(id -u)" ]; }
              leads() {
                case $(ps -ww -o command= -p "$1") in *" $2") return 0 ;; esac
                return 1
              }
              belongs() { return 1; }
            fi
            has() {
              found="belongs to another user"
              is_mine "$2" || return 1
              found="has not been started for this job"
              "$1" "$2" "$3"
            }
            own() {
              target=-$1
              look "$1"
              if [ -n "$start" ] && [ "${state#Z}" = "$state" ]; then
                # Just started, it may not have its own session yet.
                if [ "$group" != "$1" ]; then target=$1; fi
                has leads "$1" "$2"
                return
              fi
              found=$unseen
              for process in /proc/[0-9]*; do
                look "${process#/proc/}"
                if [ "$group" = "$1" ] && [ "${state#Z}" = "$state" ] && has belongs "${process#/proc/}" "$2"; then return; fi
              done
              return 1
            }
            """;

    /**
     * Tests whether a process group without its leader has a running process: {@code kill} reaches no group without
     * one.
     */
    private static final String LOOK = """
            job() {
              exit= cancelled=no
              if [ -e "$6.cancelled" ]; then cancelled=yes; fi
              result=ended
              if [ ! -f "$6.exit" ]; then
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
                if [ -f "$6.exit" ]; then result=ended; fi
              fi
              if [ $result = ended ]; then read -r exit <"$6.exit" || result=elsewhere; fi
              echo "$1 $result ${exit:--} $cancelled"
            }
            """;

    /**
     * Ends processes. The last query of a process and the signal to it are two commands of one shell. In the
     * microseconds between them the process may end, and its number may be given to another.
     */
    private static final String END = """
            failed=0
            left=
            job() {
              if [ "$1" != "$host" ] || [ "$4" != "$boot" ] || [ -f "$5.exit" ]; then return; fi
              look "$2"
              if [ -n "$start" ] && [ "$start" != "$3" ]; then return; fi
              kill -s 0 -- "-$2" 2>/dev/null || [ -n "$start" ] || return
              # Just started, it may be the shell that becomes the job.
              own "$2" "$6" || { sleep $patience; patience=0; own "$2" "$6"; } || {
                if [ -n "$found" ] && [ ! -f "$5.exit" ]; then
                  echo "process $2 $found: nothing was sent to it" >&2
                  failed=1
                fi
                return
              }
              # Never through a link, which somebody else may have put there.
              (set -C; : >"$5.cancelled") 2>/dev/null || [ -f "$5.cancelled" ] || failed=1
              # A time of its own that the job has to clean up, and 10 seconds for its process to end.
              time=$(tr '\\0' '\\n' 2>/dev/null <"/proc/$2/environ" | sed -n 's/^EXPERIMAESTRO_GRACE=//p')
              case $time in ''|*[!0-9]*|?????*) time=0 ;; esac
              if [ $((time + 10)) -gt "$grace" ]; then grace=$((time + 10)); fi
              look "$2"
              if [ "${start:-$3}" = "$3" ] && kill -s TERM -- "$target"; then
                kill -s CONT -- "$target" 2>/dev/null
                left="$left $2:$3"
              else
                look "$2"
                if [ "$start" = "$3" ]; then failed=1; fi
              fi
            }
            """;

    /**
     * Kills processes after a while. The first number is the time to wait, in seconds; then come processes as {@code
     * PID:START}. A group that was once seen to be gone is not queried again, because its number is free for others.
     */
    private static final String KILL = """
            grace=$1
            shift
            while [ "$grace" -gt 0 ] && [ $# -gt 0 ]; do
              sleep 1
              grace=$((grace - 1))
              alive=
              for process; do
                if kill -s 0 -- "-${process%%:*}" 2>/dev/null; then alive="$alive $process"; fi
              done
              set -- $alive
            done
            for process; do
              pid=${process%%:*}
              look "$pid"
              if [ -z "$start" ] || [ "$start" = "${process#*:}" ]; then kill -s KILL -- "-$pid" 2>/dev/null; fi
            done
            """;

    private ProcessScripts() {}

    /** Prints for each process a line {@code INDEX STATE EXIT CANCELLED}. */
    static String look(List<DirectJobId> jobIds) {
        StringBuilder script = new StringBuilder(IDENTITY).append(LOOK);
        for (int i = 0; i < jobIds.size(); i++) {
            script.append("job ")
                    .append(i)
                    .append(' ')
                    .append(words(jobIds.get(i)))
                    .append('\n');
        }
        return script.append("exit 0\n").toString();
    }

    /**
     * Asks processes to end, and continues in the background to kill those that have not ended after a while.
     *
     * @param jobIds the leaders of their sessions
     * @param name the name of the jobs
     * @param grace the time that they have
     * @param patience the time in which a process that was just started must become the job; both in whole seconds
     */
    static String end(List<DirectJobId> jobIds, String name, Duration grace, Duration patience) {
        StringBuilder script = new StringBuilder(IDENTITY).append(OWN).append(END);
        script.append("patience=").append(patience.toSeconds()).append('\n');
        script.append("grace=").append(grace.toSeconds()).append('\n');
        for (DirectJobId jobId : jobIds) {
            script.append("job ")
                    .append(words(jobId))
                    .append(' ')
                    .append(quote(tag(name, jobId.files())))
                    .append('\n');
        }
        return script.append("kill=")
                .append(quote(IDENTITY + KILL))
                .append("\nif [ -n \"$left\" ]; then\n")
                .append("  { trap '' HUP; exec sh -c \"$kill\" sh \"$grace\"")
                .append(" $left; } </dev/null >/dev/null 2>&1 &\n")
                .append("fi\nexit $failed\n")
                .toString();
    }

    private static String words(DirectJobId jobId) {
        return quote(jobId.host()) + " " + jobId.pid() + " " + quote(jobId.start()) + " " + quote(jobId.boot()) + " "
                + quote(jobId.files() + "." + jobId.pid());
    }

    /** Returns the tag of a job's processes, by which they are recognized: a variable, and an argument. */
    private static String tag(String name, String files) {
        return name + ":" + files + ";";
    }
}
