package org.experimaestro.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link Shell}, as tests with real scripts. The author of a connector extends this class and returns
 * the shell of a host that has {@code sh} and the utilities of POSIX.1-2017.
 */
public abstract class ShellContract {
    /** A limit that no script of these tests reaches, unless the test wants that. */
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** The size of a large output: more than all pipes and buffers on the way hold. */
    private static final int MUCH = 3_000_000;

    /** Creates the tests. JUnit calls this once for each test. */
    protected ShellContract() {}

    /**
     * Returns the shell under test.
     *
     * @return a shell that works
     */
    protected abstract Shell shell();

    /**
     * Returns a folder of the host in which the tests make files.
     *
     * @return an absolute path
     */
    protected abstract String root();

    private Shell.Output run(String script) throws Exception {
        return shell().run(script, LIMIT);
    }

    /** Both outputs and the exit code arrive as they are, line ends and the lack of one included. */
    @Test
    public void run_script_returnsOutputsAndExitCode() throws Exception {
        assertThat(run("printf out; printf 'error\\n\\n' >&2; exit 3"))
                .isEqualTo(new Shell.Output(3, "out", "error\n\n"));
        assertThat(run("")).isEqualTo(new Shell.Output(0, "", ""));
        assertThat(run("# nothing but a comment")).isEqualTo(new Shell.Output(0, "", ""));
    }

    /** Every exit code is that of the script; none is taken for a failure of the way to the host. */
    @Test
    public void run_anyExitCode_isReturned() throws Exception {
        for (int code : List.of(0, 1, 2, 126, 127, 128, 137, 143, 254, 255)) {
            assertThat(run("exit " + code).exitCode()).isEqualTo(code);
        }
        assertThat(run("sh -c 'kill -9 $$'; exit $?").exitCode()).isEqualTo(137);
        assertThat(run("no-such-command-anywhere").exitCode()).isEqualTo(127);
    }

    /** The exit code without {@code exit} is that of the last command. */
    @Test
    public void run_lastCommandFails_isTheExitCode() throws Exception {
        assertThat(run("true\nfalse").exitCode()).isEqualTo(1);
        assertThat(run("false\ntrue").exitCode()).isZero();
        assertThat(run("set -e\nfalse\necho unreachable")).isEqualTo(new Shell.Output(1, "", ""));
    }

    /** A command that reads its standard input does not eat the rest of the script. */
    @Test
    public void run_commandThatReads_findsNoInput() throws Exception {
        assertThat(run("cat\nread line || echo none\necho 'after # cat' # and a comment")
                        .out())
                .isEqualTo("none\nafter # cat\n");
    }

    /** A script that cannot be parsed runs not at all. */
    @Test
    public void run_scriptThatCannotBeParsed_isAnExitCodeAndRunsNothing() throws Exception {
        Shell.Output output = run("echo began\nif then\n");

        assertThat(output.exitCode()).isNotZero();
        assertThat(output.out()).isEmpty();
        assertThat(output.complaint()).containsIgnoringCase("syntax error");
    }

    /** Texts of users arrive letter by letter. */
    @Test
    public void run_oddTexts_arriveAsTheyAre() throws Exception {
        List<String> texts = List.of(
                "it's \"so\" $HOME `x` \\ \\\\ % %s %% # ! * ~ {a,b} [a] ?",
                " \t two  spaces and a tab\t ",
                "\u00e4\u00f6\u00fc \u4e2d\u6587 \ud83d\ude00 e\u0301",
                "-n",
                "-e \\n",
                "line\nline\n\nline",
                "carriage\rreturn\r\n",
                "\u0001\u0007\u001b[31m\u007f",
                "EOF\nEXPERIMAESTRO_SCRIPT_END\nexit 9");
        for (String text : texts) {
            assertThat(run("printf '%s' " + ShellText.quote(text)).out()).isEqualTo(text);
            assertThat(run(ShellText.withInput("cat", text + "\n")).out()).isEqualTo(text + "\n");
        }
    }

    /** Random bytes of a text, quoted, come back. */
    @Test
    public void run_randomTexts_arriveAsTheyAre() throws Exception {
        var random = new Random(20261128);
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(200);
            while (text.length() < length) {
                int letter = 1 + random.nextInt(0x2fff);
                text.appendCodePoint(letter);
            }
            assertThat(run("printf '%s' " + ShellText.quote(text.toString())).out())
                    .as("round %d", round)
                    .isEqualTo(text.toString());
        }
    }

    /** Bytes that are no text of UTF-8 become U+FFFD, and end nothing. */
    @Test
    public void run_outputThatIsNoText_isReplaced() throws Exception {
        assertThat(run("printf 'a\\377b\\n'; printf '\\303' >&2"))
                .isEqualTo(new Shell.Output(0, "a\ufffdb\n", "\ufffd"));
    }

    /** Values are exported with all that is in them. */
    @Test
    public void run_exports_reachTheCommands() throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CONTRACT_A", "it's \"$HOME\"");
        variables.put("CONTRACT_B", "two\nlines");
        variables.put("CONTRACT_C", "");

        assertThat(run(ShellText.exports(variables)
                                + "sh -c 'printf \"%s|%s|%s\" \"$CONTRACT_A\" \"$CONTRACT_B\" \"${CONTRACT_C-unset}\"'")
                        .out())
                .isEqualTo("it's \"$HOME\"|two\nlines|");
    }

    /** A script sees nothing that another script has set. */
    @Test
    public void run_secondScript_seesNothingOfTheFirst() throws Exception {
        run("CONTRACT_VARIABLE=set; export CONTRACT_VARIABLE; cd /; umask 0; set -f; alias ls=false");

        assertThat(run("echo \"${CONTRACT_VARIABLE-unset}\"").out()).isEqualTo("unset\n");
    }

    /** A script of a megabyte is run whole, and what it prints arrives whole, on both outputs at once. */
    @Test
    public void run_longScriptAndOutput_isRunWhole() throws Exception {
        String line = "echo '" + "\u00e4".repeat(250) + "'\n";
        assertThat(run(line.repeat(4_000)).out()).hasSize(4_000 * 251);

        String much = "awk 'BEGIN { for (i = 0; i < " + MUCH / 2 + "; i++) print \"y\" }'";
        Shell.Output both = run(much + " >&2 & " + much + "; wait");
        assertThat(both.out()).hasSize(MUCH);
        assertThat(both.err()).hasSize(MUCH);
    }

    /** Scripts that run at once do not wait for each other, and get their own outputs. */
    @Test
    public void run_severalAtOnce_runBesideEachOther() throws Exception {
        String folder = root() + "/contract-" + System.nanoTime();
        run("mkdir " + ShellText.quote(folder));
        int scripts = 8;
        List<Future<Shell.Output>> outputs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < scripts; number++) {
                // Each waits until all have begun.
                String script = "cd " + ShellText.quote(folder) + "; : > began-" + number
                        + "\nuntil [ \"$(ls | wc -l)\" -eq " + scripts + " ]; do sleep 1; done; echo " + number;
                outputs.add(threads.submit(() -> run(script)));
            }
        }
        for (int number = 0; number < scripts; number++) {
            assertThat(outputs.get(number).get().out()).isEqualTo(number + "\n");
        }
    }

    /** A process in the background with outputs of its own does not keep the script from ending, and lives on. */
    @Test
    public void run_processInTheBackground_livesOn() throws Exception {
        String pid =
                run("sleep 1000 </dev/null >/dev/null 2>&1 & echo $!").out().strip();

        assertThat(run("kill -0 " + pid).exitCode()).isZero();
        run("kill -9 " + pid);
    }

    /** A script that takes too long is an error that names its first line and the limit. */
    @Test
    public void run_longerThanTheLimit_isUnreachable() throws Exception {
        assertThatThrownBy(() -> shell().run("\n  sleep 1000 # and more\necho", Duration.ofMillis(300)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("300 ms")
                .hasMessageContaining("sleep 1000");
        assertThat(run("echo works").out()).isEqualTo("works\n");
    }

    /** An interrupted thread stops waiting, and the shell works for others. */
    @Test
    public void run_interrupted_stopsWaiting() throws Exception {
        String pipe = root() + "/contract-pipe-" + System.nanoTime();
        run("mkfifo " + ShellText.quote(pipe));
        AtomicReference<Throwable> ended = new AtomicReference<>();
        var done = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                shell().run("sh -c 'echo $$ > \"$1\"; exec sleep 1000' sh " + ShellText.quote(pipe), LIMIT);
            } catch (Exception failed) {
                ended.set(failed);
            }
            done.countDown();
        });
        String pid = run("cat " + ShellText.quote(pipe)).out().strip();
        assertThat(pid).matches("[0-9]+");

        thread.interrupt();

        assertThat(done.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // The host of a shell over a network may not learn that nobody waits any longer.
        run("kill -9 " + pid + " 2>/dev/null");
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(run("echo works").out()).isEqualTo("works\n");
    }
}
