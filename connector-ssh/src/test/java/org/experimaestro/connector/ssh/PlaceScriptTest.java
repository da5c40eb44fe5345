package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceScriptTest {
    private static final String OWN = "jobs/type/0123/.experimaestro";

    @TempDir
    private Path folder;

    @Test
    void text_processThatHasBegunMeanwhile_isNotReplacedAndTheRestIsPlaced() throws Exception {
        write("stage/f/" + OWN + "/process-1.json", "void");
        write("stage/f/" + OWN + "/process-2.json", "void");
        write("stage/f/" + OWN + "/params.json", "new");
        write(OWN + "/process-1.json", "begun");
        write(OWN + "/params.json", "old");

        run(OWN + "/process-1.json", OWN + "/process-2.json", OWN + "/params.json");

        assertThat(folder.resolve(OWN + "/process-1.json")).hasContent("begun");
        assertThat(folder.resolve(OWN + "/process-2.json")).hasContent("void");
        assertThat(folder.resolve(OWN + "/params.json")).hasContent("new");
    }

    private void run(String... files) throws Exception {
        PlaceScript script = new PlaceScript(List.of());
        List.of(files).forEach(script::addFile);
        Process shell = new ProcessBuilder("sh", "-c", script.text(), "sh", "stage")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
