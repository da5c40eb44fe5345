package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * An upload of files to a folder of a host, as one archive in the tar format. The host unpacks it in a folder beside,
 * and renames the files into place when all of them are there, so that no half file is left.
 */
final class FileUpload {
    private static final Duration LIMIT = Duration.ofHours(1);

    /** The last entry: with it, all others are there. */
    private static final String LAST = "complete";

    private final RemoteShell shell;

    FileUpload(RemoteShell shell) {
        this.shell = shell;
    }

    /**
     * Sends files. A file of the same name there is replaced.
     *
     * @param folder the absolute path of a folder there, which only the user of the host can open
     * @param files the files here by their names there, plain words
     * @throws IOException if a file cannot be read
     * @throws RefusedException if the host cannot store them
     */
    void send(String folder, Map<String, Path> files)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        CommandRun.Result<String> result =
                shell.stream(script(folder), stream -> write(files, stream), CommandRun::readText, LIMIT);
        if (result.exitCode() != 0) {
            throw new RefusedException(
                    shell.name() + " cannot store files in " + folder + ": " + Shell.Output.oneLine(result.err()));
        }
    }

    private static String script(String folder) {
        return "cd " + quote(folder) + " || exit 1\nstage=.incoming-" + UUID.randomUUID() + "\n" + """
                export LC_ALL=C
                umask 077
                find . -maxdepth 1 -name '.incoming-*' -mtime +1 -exec rm -rf {} + 2>/dev/null
                mkdir "$stage" || exit 1
                (cd "$stage" && tar -xf -) && if [ -f "$stage/complete" ]; then
                  rm "$stage/complete" && mv -f "$stage"/* .
                else
                  echo "the archive ended before its end" >&2
                  false
                fi
                code=$?
                rm -rf "$stage"
                exit $code
                """;
    }

    private static void write(Map<String, Path> files, OutputStream stream) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
        for (Map.Entry<String, Path> file : files.entrySet()) {
            TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
            entry.setSize(Files.size(file.getValue()));
            entry.setMode(0600);
            tar.putArchiveEntry(entry);
            Files.copy(file.getValue(), tar);
            tar.closeArchiveEntry();
        }
        tar.putArchiveEntry(new TarArchiveEntry(LAST));
        tar.closeArchiveEntry();
        tar.finish();
        tar.flush();
    }
}
