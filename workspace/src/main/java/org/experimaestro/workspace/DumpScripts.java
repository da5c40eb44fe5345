package org.experimaestro.workspace;

import org.experimaestro.base.text.ShellWord;

/**
 * The scripts that look into a process of a job on its host, where nothing of Experimaestro need be. Each identifies the
 * process first, as the monitor does on this machine: a file of the workspace only gives its number, and the system says
 * that it belongs to this user, works in the job's folder, and has a command line of the attempt. Their first line is {@code
 * found …} or {@code refused} with the reason; one that goes on then prints {@code refused …}, {@code answer} or {@code
 * signalled}.
 */
public final class DumpScripts {
    /** The word before the facts of the process. */
    public static final String FOUND = "found";
    /** The word before the reason why nothing is done. */
    public static final String REFUSED = "refused";
    /** The line before what the process has told. */
    public static final String ANSWER = "answer";
    /** The line of a process that was asked to print into its log. */
    public static final String SIGNALLED = "signalled";
    /** The reason of a process that is on another host than that of the shell. */
    public static final String ELSEWHERE = "elsewhere";

    private static final int BEAT_SECONDS = 30;

    private static final String IDENTIFY = """
            export LC_ALL=C
            refuse() { echo "refused $*"; exit 0; }
            cd "$folder" 2>/dev/null || refuse "there is no folder $folder on its host"
            attempt=
            for file in .experimaestro/process-*.json; do
              n=${file##*/process-}
              n=${n%.json}
              case $n in ''|*[!0-9]*|??????????*) continue ;; esac
              if [ -z "$attempt" ] || [ "$n" -gt "$attempt" ]; then attempt=$n; fi
            done
            [ -n "$attempt" ] || refuse "its process has not begun"
            file=.experimaestro/process-$attempt.json
            if [ -e .experimaestro/done.json ] || [ -e ".experimaestro/failed-$attempt.json" ] || grep -q '"void"' "$file"; then
              refuse "it is not running"
            fi
            { [ -f "$file" ] && [ ! -L "$file" ] && [ -O "$file" ]; } || refuse "$file is not a file of yours"
            value() { tr -d '\\n' <"$file" | sed -n 's/.*"'"$1"'": *"\\{0,1\\}\\([^",}]*\\).*/\\1/p'; }
            pid=$(value pid)
            case $pid in ''|0|1|*[!0-9]*) refuse "$file has no number of a process" ;; esac
            [ -e /proc/self/stat ] || refuse "its host does not show processes in /proc"
            [ "$(value boot)" = "$(cat /proc/sys/kernel/random/boot_id)" ] || refuse "elsewhere $pid $(value host)"
            stat=$(cat "/proc/$pid/stat" 2>/dev/null) || refuse "its process $pid has ended"
            set -- ${stat##*) }
            shift 19
            [ "$1" = "$(value start)" ] || refuse "its process $pid has ended"
            [ -O "/proc/$pid" ] || refuse "process $pid belongs to another user"
            [ "$(readlink "/proc/$pid/cwd")" = "$(pwd -P)" ] || refuse "process $pid does not work in the job's folder"
            tr '\\0' '\\n' <"/proc/$pid/cmdline" | tail -n 3 | {
              read -r main; read -r number; read -r place
              case $place in /*"/$job") ;; *) exit 1 ;; esac
              [ "$main" = "$class" ] && [ "$number" = "$attempt" ]
            } || refuse "the command line of process $pid is not that of attempt $attempt"
            java=$(readlink "/proc/$pid/exe")
            jcmd=${java%/*}/jcmd
            [ -x "$jcmd" ] || jcmd=$(command -v jcmd) || jcmd=
            memory=$(sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\) kB.*/\\1/p' "/proc/$pid/status")
            room=$(df -Pk .experimaestro | awk 'END { print $(NF - 2) }')
            echo "found $attempt $pid ${memory:--1} ${room:--1} $jcmd"
            """;

    /** Requires that the process is the one that the user has been shown. */
    private static final String SAME = """
            [ "$attempt $pid" = "$expected" ] || refuse "its process is now $pid of attempt $attempt; dump it again"
            """;

    /** Without jcmd, the process is asked to print its stacks (SIGQUIT), unless it would end by that. */
    private static final String THREADS = """
            if [ -n "$jcmd" ]; then
              stacks=$("$jcmd" "$pid" Thread.print -l 2>&1) || refuse "process $pid does not answer: $stacks"
              printf 'answer\\n%s\\n' "$stacks"
              exit 0
            fi
            case $(sed -n 's/^SigCgt:[^0-9a-f]*//p' "/proc/$pid/status") in
              *[4567cdef]) kill -s QUIT "$pid" || refuse "nothing could be sent to process $pid"; echo signalled ;;
              *) refuse "there is no jcmd on its host, and its process would end by SIGQUIT, as with -Xrs" ;;
            esac
            """;

    /**
     * The sign of life is renewed meanwhile, because the process stands still; but only while the process lives, and this
     * shell, which may be killed.
     */
    private static final String HEAP = """
            [ -n "$jcmd" ] || refuse "there is no jcmd on its host, beside $java or on the path; install a JDK there"
            if [ "$memory" ] && [ "$room" ] && [ "$memory" -gt "$room" ]; then
              refuse "its process has $memory KiB of memory, and its host has room for $room KiB"
            fi
            (umask 077; mkdir -p "$dumps") && [ ! -L "$dumps" ] || refuse "the folder $dumps cannot be made"
            n=1
            while [ -e "$dumps/$prefix$attempt-$n.hprof" ]; do n=$((n + 1)); done
            name=$dumps/$prefix$attempt-$n.hprof
            path=$(pwd -P)/$name
            case $path in *'"'*|*%p*) refuse "jcmd cannot write to $path, because of a quote or %p in it" ;; esac
            (while sleep "$beat" && kill -0 "$pid" && kill -0 $$; do touch -c "$file"; done) </dev/null >/dev/null 2>&1 &
            beats=$!
            said=$("$jcmd" "$pid" GC.heap_dump "\\"$path\\"" 2>&1)
            kill "$beats" 2>/dev/null
            case $said in
              *'Heap dump file created'*) ;;
              *)
                case $said in *incomplete*) rm -f "$name" ;; esac
                refuse "process $pid does not answer: $said"
                ;;
            esac
            chmod go-rwx "$name"
            printf 'answer\\n%s\\n' "$name"
            """;

    private DumpScripts() {}

    /**
     * Returns the script that finds the process.
     *
     * @param job the job
     * @param folder the job's folder there
     * @return lines of a POSIX shell script
     */
    public static String find(JobFolder job, String folder) {
        return "folder=" + ShellWord.quote(folder) + " class=" + ShellWord.quote(JobCommand.MAIN) + " job="
                + ShellWord.quote(job.name()) + "\n" + IDENTIFY;
    }

    /**
     * Returns the script that prints the stacks of the threads of the process.
     *
     * @param job the job
     * @param folder the job's folder there
     * @param attempt the number of the attempt that the process must run
     * @param pid the number that the process must have
     * @return lines of a POSIX shell script
     */
    public static String threads(JobFolder job, String folder, int attempt, long pid) {
        return same(job, folder, attempt, pid) + THREADS;
    }

    /**
     * Returns the script that writes the heap into a file there, and prints the name of the file in the job's folder.
     *
     * @param job the job
     * @param folder the job's folder there
     * @param attempt the number of the attempt that the process must run
     * @param pid the number that the process must have
     * @return lines of a POSIX shell script
     */
    public static String heap(JobFolder job, String folder, int attempt, long pid) {
        String dumps = job.path().relativize(job.dumps()).toString();
        return same(job, folder, attempt, pid) + "dumps=" + ShellWord.quote(dumps) + " prefix=" + JobLayout.HEAP
                + " beat=" + BEAT_SECONDS + "\n" + HEAP;
    }

    private static String same(JobFolder job, String folder, int attempt, long pid) {
        return find(job, folder) + "expected='" + attempt + " " + pid + "'\n" + SAME;
    }
}
