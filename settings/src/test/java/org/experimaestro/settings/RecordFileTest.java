package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    @TempDir
    private Path folder;

    record Machines(Map<String, Located<Machine>> machines, Optional<Located<List<Word>>> names) {}

    @DisplayName("a machine")
    record Machine(Word memory, Optional<Located<Even>> cores) {}

    @WrittenAs(one = "a text", many = "texts")
    record Word(String text) {
        static Word parse(String text) {
            return new Word(text);
        }
    }

    @WrittenAs(one = "an even number", many = "even numbers")
    record Even(int number) {
        static Even parse(String text) {
            int number = Integer.parseInt(text);
            if (number % 2 != 0) {
                throw new IllegalArgumentException("write " + (number + 1));
            }
            return new Even(number);
        }
    }

    @Test
    void read_locatedValues_tellTheirLines() throws IOException {
        var problems = new Problems(LaunchException::of);

        Machines read = read("""
                machines:
                  big:
                    memory: 16
                    cores: 4
                names: [a, true]
                """, problems).orElseThrow();

        Located<Machine> big = read.machines().get("big");
        assertThat(big.origin().place()).isEqualTo("machines.yaml:2");
        assertThat(big.value().memory()).isEqualTo(new Word("16"));
        assertThat(big.value().cores()).map(cores -> cores.origin().place()).contains("machines.yaml:4");
        assertThat(read.names().map(Located::value)).contains(List.of(new Word("a"), new Word("true")));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void read_wrongValues_areToldTogetherByTheGivenException() throws IOException {
        var problems = new Problems(LaunchException::of);

        Optional<Machines> read = read("""
                machines:
                  big:
                    memory:
                    cores: 3
                    core: 4
                clas: here
                """, problems);

        assertThat(read).isEmpty();
        assertThatThrownBy(() -> problems.throwIfAny("machines.yaml"))
                .isInstanceOf(LaunchException.class)
                .hasMessage("""
                        machines.yaml: 4 problems:
                          machines.yaml:3: "machines.big.memory" must be a text, found nothing (null)
                          machines.yaml:4: "machines.big.cores" must be an even number, found the number 3; write 4
                          machines.yaml:5: unknown key "machines.big.core" for a machine; did you mean \
                        "cores"? Known keys: memory, cores
                          machines.yaml:6: unknown key "clas" for RecordFileTest.Machines; known \
                        keys: machines, names""");
    }

    private Optional<Machines> read(String text, Problems problems) throws IOException {
        Path file = Files.writeString(folder.resolve("machines.yaml"), text);
        return RecordFile.read(file, Source.ofFile("machines.yaml", 0, folder), Machines.class, problems);
    }
}
