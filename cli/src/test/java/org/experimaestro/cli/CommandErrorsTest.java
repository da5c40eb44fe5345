package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wrong command line gets: the message, what was probably meant, and where to read on. */
@ExtendWith(TempHome.class)
class CommandErrorsTest {
    @TempDir
    private Path place;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runexperiment            | there is no command "runexperiment"; did you mean "run-experiment"?
            launcher list            | there is no command "launcher"; did you mean "launchers"?
            help                     | there is no command "help"; the commands are run-experiment, jobs, runs
            jobs lst                 | "jobs" has no command "lst"; did you mean "list"?
            jobs frobnicate          | "jobs" has no command "frobnicate"; the commands are list, show, why
            launchers lst            | "launchers" has no command "lst"; did you mean "list"?
            run-experiment --run-mod dry-run x | there is no option "--run-mod"; did you mean "--run-mode"?
            run-experiment --dryrun x   | there is no option "--dryrun"; the options are --run-mode, --workdir, --workspace, --configuration, --jobs, --detach, --fail-fast, --max-failures, --only, --until, --on-stop, --show, --limit
            jobs list --jsno         | there is no option "--jsno"; did you mean "--json"?
            jobs kill --tag a=b      | there is no option "--tag"; did you mean "--tags"?
            jobs list --workdri=a    | there is no option "--workdri"; did you mean "--workdir"?
            explain a b c            | there are 2 arguments too many, from "b" on
            explain a b              | there is one argument too many: "b"
            jobs list --tags k=0.9 b=0.4 | there is one argument too many: "b=0.4"; separate tags by commas: --tags layers=3,lr=1e-4
            jobs kill --tags k=0.9 b=0.4 | there is one argument too many: "b=0.4"; separate tags by commas
            jobs kill                | Say which jobs: give identifiers, a filter, or --tags
            table --rows k1 --metric map 06ad686d | "06ad686d" is neither the file of an experiment nor a filter; name an experiment with --experiment
            table --rows k1 --metric map -o= | --output needs the name of a file
            jobs diff                | Error: Missing required parameters: '[FILE.yaml] ID ID…'
            jobs diff 06ad           | Error: Missing required parameters: '[FILE.yaml] ID ID…'
            runs diff grid           | Error: Missing required parameters: '[FILE.yaml] RUN RUN'
            jobs debug 06ad --port -1 | --port is a number from 0 to 65535, and not -1
            jobs debug 06ad --port 65536 | --port is a number from 0 to 65535, and not 65536
            jobs debug 06ad --jvm Xmx8g | --jvm takes one option of the JVM, such as -Xmx8g, and not "Xmx8g"
            jobs list -x             | there is no option "-x"; the options are --workdir
            run-experiment x --run-mode dryrun  | "dryrun" is not a run mode; did you mean "dry-run"?
            run-experiment x --run-mode drip    | "drip" is not a run mode; the modes are normal, dry-run, generate, prepare
            jobs list --state dnoe   | there is no state "dnoe"; did you mean "done"?
            """)
    void wrongWord_command_saysWhatIsNearOrKnown(String command, String message) {
        var run = CommandLineRun.of(command.split(" "));

        assertThat(run.text()).contains(message).contains("Try: experimaestro ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jobs list --tags foo          | Error: Invalid value for option '--tags' (NAME=VALUE[,NAME=VALUE...]): "foo" is not NAME=VALUE
            jobs kill --tags layers=3,foo | "foo" is not NAME=VALUE
            jobs list --tags =3           | "=3" is not NAME=VALUE
            jobs log --out --err a        | Error: --out, --err are mutually exclusive
            jobs list --workdir a --workdir b | Error: option '--workdir' (DIR) should be specified only once
            table --rows k --metric m --format pdf | Error: Invalid value for option '--format': 'pdf' is none of text, markdown, csv, latex, json, svg
            table --rows k --metric m --confidence x | Error: Invalid value for option '--confidence': 'x' is not a number
            jobs list --limit x           | Error: Invalid value for option '--limit': 'x' is not a whole number
            jobs debug 06ad --port 99999999999 | Error: Invalid value for option '--port': '99999999999' is not a whole number, or too large
            run-experiment -j             | Error: Missing required parameter for option '--jobs' (N)
            run-experiment -c             | Error: Missing required parameter for option '--configuration' (KEY=VALUE)
            """)
    void wrongValue_option_noWordIsSaidTwice(String command, String message) {
        var run = CommandLineRun.of(command.split(" "));

        assertThat(run.text()).contains(message).doesNotContain("option option").doesNotContain("Error: Error");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void controlCharacters_inWhatTheUserWrote_areShownAndNotSent() throws Exception {
        Path yaml = Files.writeString(place.resolve("debug.yaml"), "file: \"a\\0b\\e[31m\"\n\"k\\u202Ey\": 1\n");

        assertThat(CommandLineRun.of("run-experiment", yaml.toString()).text())
                .contains("\\u0000")
                .contains("\\u001B[31m")
                .doesNotContain("\0")
                .doesNotContain("\u001B");
        assertThat(CommandLineRun.of("jobs", "l\u001B[2Jst\u202E").text())
                .contains("no command \"l\\u001B[2Jst\\u202E\"")
                .doesNotContain("\u001B")
                .doesNotContain("\u202E");
    }

    @Test
    void markup_inWhatTheUserWrote_staysText() {
        assertThat(CommandLineRun.of("jobs", "@|red x|@").text()).contains("no command \"@|red x|@\"");
    }
}
