package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.output.TerminalLog;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class JobsLogCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private SampleWorkspace sample;
    private JobFolder job;

    @BeforeEach
    void makeJob() throws IOException {
        sample = new SampleWorkspace(folder);
        job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
    }

    @Test
    void log_byDefault_hasBothUnderHeadings() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardOutput(1), "one\ntwo");
        Files.writeString(job.standardError(1), "bad\n");

        assertThat(log("--lines=1").exitCode()).isZero();

        assertThat(output).hasToString("==> stdout <==\ntwo\n\n==> stderr <==\nbad\n");
    }

    @Test
    void log_one_isAsItIs() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardOutput(1), "one\ntwo");
        Files.writeString(job.standardError(1), "bad\n");

        log("--out");

        assertThat(output).hasToString("one\ntwo");
    }

    @Test
    void log_follow_endsWithTheJob() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardError(1), "bad\n");

        SampleWorkspace.Result result = log("--follow", "--err");

        assertThat(output).hasToString("bad\n");
        assertThat(result.err()).startsWith(job.name() + " is done after ");
    }

    @Test
    void log_unknownAttempt_saysWhichIsTheLast() throws IOException {
        SampleWorkspace.done(job);

        SampleWorkspace.Result result = log("--attempt=2");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("has no log of an attempt 2; its last attempt is 1");
        assertThat(log("--attempt=0").exitCode()).isEqualTo(2);
        assertThat(log("--lines=-1").exitCode()).isEqualTo(2);
    }

    @Test
    void log_neverStarted_saysSo() {
        SampleWorkspace.Result result = log();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("was never started");
    }

    @Test
    void log_unknownOrAmbiguous_namesCandidates() throws IOException {
        String id = job.id().toString();
        String wrong = id.substring(0, 7) + (id.charAt(7) == '0' ? '1' : '0');
        sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));

        SampleWorkspace.Result unknown = sample.execute(command(false), wrong);
        SampleWorkspace.Result ambiguous = sample.execute(command(false), "sample.learn/");

        assertThat(unknown.err())
                .contains("There is no job \"" + wrong + "\"", "did you mean sample.learn/" + id.substring(0, 8) + "?");
        assertThat(ambiguous.err()).contains("is the beginning of 2 jobs", "give more digits: sample.learn/");
    }

    @Test
    void log_toATerminal_keepsColorsOfALineAndTabsOnly() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(
                job.standardOutput(1),
                "\u001B[31mred\tand\u001B[2J\u0007\nblack \u009B \u202E é 日本 👩\u200D🚀\r\n\u001B]0;title\u001B\\\n");

        assertThat(shown("--out"))
                .isEqualTo("\u001B[31mred\tand\\u001B[2J\\u0007\u001B[m\n"
                        + "black \\u009B \\u202E é 日本 👩\u200D🚀\n\\u001B]0;title\\u001B\\\n");
    }

    @Test
    void log_toATerminalWithoutColors_dropsThem() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardOutput(1), "\u001B[1;31mred\u001B[m\u001B[K\n");

        sample.execute(command(true), argument(), "--out");

        assertThat(output).hasToString("red\\u001B[K\n");
    }

    @Test
    void log_toATerminal_progressBarBeginsItsLineAnew() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardError(1), "10 %\r\r100 %\ndone\r");

        assertThat(shown("--err")).isEqualTo("10 %\r\u001B[K100 %\ndone\r\u001B[K");
    }

    @Test
    void log_toATerminalInAnyPieces_isTheSame() throws IOException {
        byte[] text = "a\u001B[31mré\u001B[0m\u001B[K\r\n日 😀\r\u001B[1".getBytes(StandardCharsets.UTF_8);
        var whole = new ByteArrayOutputStream();
        try (var log = new TerminalLog(new PrintStream(whole, true, StandardCharsets.UTF_8), true)) {
            log.write(text, 0, text.length);
        }

        try (var log = new TerminalLog(new PrintStream(output, true, StandardCharsets.UTF_8), true)) {
            for (byte each : text) {
                log.write(each);
            }
        }

        assertThat(output).hasToString(whole.toString(StandardCharsets.UTF_8));
        assertThat(output).hasToString("a\u001B[31mré\u001B[0m\\u001B[K\u001B[m\n日 😀\r\u001B[K\\u001B[1");
    }

    @Test
    void log_notToATerminal_hasTheBytes() throws IOException {
        SampleWorkspace.done(job);
        byte[] bytes = {27, '[', '2', 'J', (byte) 0x9B, (byte) 0xFF, 0, '\r'};
        Files.write(job.standardOutput(1), bytes);

        log("--out");

        assertThat(output.toByteArray()).isEqualTo(bytes);
    }

    private JobsLogCommand command(boolean isTerminal) {
        return new JobsLogCommand(new PrintStream(output, true, StandardCharsets.UTF_8), isTerminal);
    }

    private String argument() {
        return "sample.learn/" + job.id().toString().substring(0, 6).toUpperCase(java.util.Locale.ROOT);
    }

    /** What a terminal with colors gets. */
    private String shown(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--workdir=" + folder);
        arguments.add(argument());
        Main.commandLine(new CommandLine(command(true)))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON))
                .execute(arguments.toArray(String[]::new));
        return output.toString(StandardCharsets.UTF_8);
    }

    private SampleWorkspace.Result log(String... options) {
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[0] = argument();
        return sample.execute(command(false), arguments);
    }
}
