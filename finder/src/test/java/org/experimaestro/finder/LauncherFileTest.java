package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.experimaestro.LaunchException;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.spi.LauncherDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFileTest {
    @TempDir
    private Path folder;

    @Test
    void usualPath_variables_areLookedAtInTheirOrder() {
        Path home = Path.of("/home/me");

        assertThat(LauncherFile.usualPath(Map.of(), () -> home))
                .isEqualTo(Path.of("/home/me/.config/experimaestro/launchers.yaml"));
        assertThat(LauncherFile.usualPath(Map.of("XDG_CONFIG_HOME", "/etc/me"), LauncherFileTest::noHome))
                .isEqualTo(Path.of("/etc/me/experimaestro/launchers.yaml"));
        assertThat(LauncherFile.usualPath(Map.of("XDG_CONFIG_HOME", "relative"), () -> home))
                .isEqualTo(Path.of("/home/me/.config/experimaestro/launchers.yaml"));
        assertThat(LauncherFile.usualPath(
                        Map.of("XDG_CONFIG_HOME", "/etc/me", "EXPERIMAESTRO_CONFIG", "/own"), LauncherFileTest::noHome))
                .isEqualTo(Path.of("/own/launchers.yaml"));
    }

    @Test
    void read_wrongNames_tellsAllProblemsWithLines() {
        assertThatThrownBy(() -> read("""
                        connectors:
                          gate: {type: shh, host: x}
                          none: {type: ssh, hosts: x}
                          open: {type: ssh}
                          what: {host: x}
                        launchers:
                          a:
                            type: slurm
                            connector: gat
                            options: {acount: abc, nodes: many}
                            hosts:
                              small: {cores: 4, memory: 8G, options: {qos: low, nodes: some}}
                            partitions:
                              p: {hosts: [smal], options: {color: red}}
                          b c: {type: slurrm}
                        """)).isInstanceOf(LaunchException.class).hasMessage("""
                        launchers.yaml: 11 problems:
                          launchers.yaml:2: there is no type of connector "shh"; did you mean "ssh"?
                          launchers.yaml:3: a connector of the type ssh has no option "hosts"; did you mean "host"?
                          launchers.yaml:4: The option host of an SSH connector is missing
                          launchers.yaml:5: the connector "what" has no type; write "type: ssh", or another of ssh
                          launchers.yaml:9: there is no connector "gat"; did you mean "gate"?
                          launchers.yaml:10: a launcher of the type slurm has no option "acount"; did you mean "account"?
                          launchers.yaml:12: The option nodes is a number, not "some"
                          launchers.yaml:14: there is no kind of host "smal"; did you mean "small"?
                          launchers.yaml:14: a launcher of the type slurm has no option "color"; its options: account, \
                        qos, constraint, nodes, partition, job_name, before, wrapper, jvm, grace, retries, isolation
                          launchers.yaml:15: "b c" cannot be the name of a launcher; use letters, digits and the \
                        characters _ . -
                          launchers.yaml:15: there is no type of launcher "slurrm"; did you mean "slurm"?""");
    }

    @Test
    void read_keysOfOtherTypes_areRefused() {
        assertThatThrownBy(() -> read("""
                        launchers:
                          here:
                            type: direct
                            partitions: {}
                            directives: [x]
                            refresh: date
                            hosts: {a: {cores: 1, memory: 1G}, b: {cores: 1, memory: 1G}}
                          far:
                            type: slurm
                            nice: 3
                            env: {1A: x, B: "\\0"}
                          any:
                            type: dynamic
                            limit: 3
                            among: {here: 1, fur: 2, far: .inf}
                          none: {type: dynamic}
                          local: {type: slurm}
                        """)).hasMessage("""
                        launchers.yaml: 12 problems:
                          launchers.yaml:4: a launcher of the type direct does not have the key "partitions"; remove it
                          launchers.yaml:5: a launcher of the type direct does not have the key "directives"; remove it
                          launchers.yaml:6: only launchers of the type dynamic have the key "refresh"; remove it
                          launchers.yaml:7: a launcher of the type direct has one host, found 2; make a launcher of each
                          launchers.yaml:10: only launchers of the type direct have the key "nice"; remove it
                          launchers.yaml:11: "1A" cannot be the name of a variable; use letters, digits and "_", and no \
                        digit first
                          launchers.yaml:11: the value of the variable B has the character 0, which ends values; leave \
                        that character out
                          launchers.yaml:14: a launcher of the type dynamic does not have the key "limit"; remove it
                          launchers.yaml:15: there is no launcher that runs jobs called "fur"; did you mean "far"?
                          launchers.yaml:15: the number of "far" must be a finite number, found Infinity
                          launchers.yaml:16: the dynamic launcher "none" has nothing to choose from; write "among: \
                        {NAME: 1, OTHER: 2}" with the names of other launchers
                          launchers.yaml:17: "local" is the name of this machine: it must have the type direct, and no \
                        connector; rename the launcher""");
    }

    @Test
    void read_pass_namesVariablesWithoutAValue() throws IOException {
        assertThat(read("launchers: {here: {type: direct, env: {A: b}, pass: [TOKEN]}}\n")
                        .definitions()
                        .getFirst()
                        .environment())
                .isEqualTo(Map.of("A", "b", "TOKEN", EnvironmentVariable.PASSED));
        assertThatThrownBy(() -> read("launchers: {here: {type: direct, env: {A: b}, pass: [A, 1B]}}\n"))
                .hasMessageContaining("the variable A has a value in \"env\", and is in \"pass\" too")
                .hasMessageContaining("\"1B\" cannot be the name of a variable");
    }

    @Test
    void read_roots_areForTheJobsOfTheLauncher() throws IOException {
        assertThat(read("launchers: {here: {type: direct, roots: {data: /srv/corpora, m: /m}}}\n")
                        .definitions()
                        .getFirst()
                        .environment())
                .isEqualTo(Map.of(JobVariables.ROOTS, "{\"data\":\"/srv/corpora\",\"m\":\"/m\"}"));
        assertThatThrownBy(() -> read("launchers: {here: {type: direct, roots: {data: corpora, m: ~/m, a.b: /x}}}\n"))
                .hasMessageContaining("data\" must be an absolute path");
        assertThatThrownBy(() -> read("launchers: {here: {type: direct, roots: {m: ~/m, a.b: /x}}}\n"))
                .hasMessageContaining(
                        "the folder of a root is \"~/m\", which is another one on another host; write the whole path")
                .hasMessageContaining("\"a.b\" cannot be the name of a root");
    }

    @Test
    void read_acceleratorsOfOneNameOnACountedHost_areRefused() throws IOException {
        String hosts = """
                    hosts:
                      box:
                        cores: 8
                        memory: 32G
                        accelerators: [{kind: cuda, memory: 16G}, {kind: cuda, memory: 40G}, {kind: mps}, \
                {kind: cuda, name: t4}, {kind: cuda, name: t4, memory: 8G}]
                """;
        assertThatThrownBy(() -> read("launchers:\n  here:\n    type: direct\n" + hosts))
                .hasMessage("""
                        launchers.yaml: 2 problems:
                          launchers.yaml:5: the host has several accelerators without a name; give each a name of its \
                        own; equal ones are one, with a count
                          launchers.yaml:5: the host has several accelerators called "t4"; give each a name of its own; \
                        equal ones are one, with a count""");
        // A batch system counts its own resources.
        assertThat(read("launchers:\n  far:\n    type: slurm\n" + hosts).definitions())
                .hasSize(1);
    }

    @Test
    void read_wrongValues_tellsWhatIsExpected() {
        assertThatThrownBy(() -> read("""
                        launchers:
                          a:
                            type: slurm
                            heap: 120%
                            limit: 0
                            hosts: {small: {cores: many, memory: 4000, accelerators: [{kind: tpu}]}}
                            partitions: {p: {max_duration: 90, hots: [small]}}
                        """))
                .hasMessageContaining(
                        "launchers.yaml:4: \"launchers.a.heap\" must be a percentage from 1% to 100%, found the text"
                                + " \"120%\"; write a whole number with its sign, such as 75%")
                .hasMessageContaining("launchers.yaml:5: \"launchers.a.limit\" must be at least 1, found the number 0")
                .hasMessageContaining("launchers.a.hosts.small.cores\" must be a whole number, found the text \"many\"")
                .hasMessageContaining("\"launchers.a.hosts.small.memory\" must be an amount of memory such as 16G")
                .hasMessageContaining("\"launchers.a.hosts.small.accelerators.0.kind\" must be one of CUDA, MPS, GPU")
                .hasMessageContaining(
                        "launchers.yaml:7: \"launchers.a.partitions.p.max_duration\" must be a duration such as 2 days")
                .hasMessageContaining(
                        "unknown key \"launchers.a.partitions.p.hots\" for a partition; did you mean \"hosts\"?");
    }

    @Test
    void read_partitionWithoutHosts_isRefused() {
        assertThatThrownBy(() -> read("launchers: {a: {type: slurm, partitions: {p: {hosts: []}}}}"))
                .hasMessage(
                        "launchers.yaml:1: the partition \"p\" has no hosts; name some of the launcher's, or remove the"
                                + " key for all of them");
    }

    @Test
    void read_noLauncher_isRefused() {
        for (String text : new String[] {"", "# later\n", "launchers: {}\n", "connectors: {}\n"}) {
            assertThatThrownBy(() -> read(text))
                    .hasMessageStartingWith(
                            "launchers.yaml: there is no launcher in the file; remove the file to run jobs");
        }
    }

    @Test
    void read_direct_isTheDefinitionOfThisMachine() throws IOException {
        LauncherDefinition definition = read("""
                launchers:
                  laptop:
                    type: direct
                    limit: 3
                    nice: 10
                    env: {OMP_NUM_THREADS: 1}
                    java: /opt/java
                    jdks: {17: /opt/java-17}
                    hosts:
                      this: {cores: 8, memory: 32G, accelerators: [{kind: mps}, {kind: cuda, name: t4, memory: 8G, count: 2}]}
                """).definitions().getFirst();

        assertThat(definition.isHere()).isTrue();
        assertThat(definition.niceness()).isEqualTo(10);
        assertThat(definition.limit()).hasValue(3);
        assertThat(definition.environment()).hasToString("{OMP_NUM_THREADS=1}");
        assertThat(definition.java()).contains("/opt/java");
        assertThat(definition.jdks()).hasToString("{17=/opt/java-17}");
        assertThat(definition.capacity().orElseThrow().accelerators())
                .hasToString("[Accelerators[kind=MPS, name=, memory=32000000000, count=1],"
                        + " Accelerators[kind=CUDA, name=t4, memory=8000000000, count=2]]");
    }

    @Test
    void localJdks_folders_areReadByTheirReleaseFiles() throws IOException {
        Path jdk17 = jdk("seventeen", "JAVA_VERSION=\"17.0.15\"");
        Path jdk8 = jdk("eight", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"1.8.0_402\"");
        jdk("broken", "nothing");
        jdk("endless", "JAVA_VERSION=\"" + "9".repeat(30) + "\"");

        assertThat(LocalJdks.find(
                        Map.of("JAVA_HOME", jdk8.toString()), folder.resolve("gone"), java.util.List.of(folder)))
                .containsExactly(
                        Map.entry(8, jdk8.resolve("bin/java").toString()),
                        Map.entry(17, jdk17.resolve("bin/java").toString()));
    }

    private Path jdk(String name, String release) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(home.resolve("release"), release + "\n");
        return home;
    }

    private LauncherFile read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), text);
        try {
            return LauncherFile.read(file, TestTypes.ALL, TestTypes.USER);
        } catch (LaunchException exception) {
            // Messages have the whole path.
            String message = String.valueOf(exception.getMessage()).replace(folder + "/", "");
            throw LaunchException.of(message).build();
        }
    }

    @Test
    void read_fileThatOthersMayChange_isRefusedWithTheCauseAndWhatMendsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), "launchers: {a: {type: direct}}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

        assertThatThrownBy(() -> LauncherFile.read(file, TestTypes.ALL, TestTypes.USER))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("others could run commands with your rights, because the file " + file
                        + " can be changed by all users of this machine; to keep them out, run chmod o-w " + file);
    }

    private static Path noHome() {
        throw new AssertionError("asked for the home folder");
    }
}
