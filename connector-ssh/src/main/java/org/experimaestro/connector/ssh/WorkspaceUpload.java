package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * An upload of files to the copy of a workspace: first a listing, then the missing files as one archive (the tar
 * format with GNU's long names, which GNU, BSD and BusyBox read). The host unpacks it in a folder of its own, and
 * then renames each file into its place, so no process sees half a file. Confined to one thread.
 */
final class WorkspaceUpload {
    private static final Duration LIMIT = Duration.ofDays(1);
    private static final int BUFFER = 1 << 16;

    private final RemoteShell shell;
    private final HostFiles host;
    private final HostDigests digests;
    private final String root;

    WorkspaceUpload(RemoteShell shell, HostFiles host, HostDigests digests, String root) {
        this.shell = shell;
        this.host = host;
        this.digests = digests;
        this.root = root;
    }

    /**
     * Sends the missing files.
     *
     * @param entries by their paths
     * @return the number of files and links that were sent
     * @throws IOException if a local file cannot be read
     */
    int send(Map<String, LocalTree.Entry> entries)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        CopyDifference difference = new CopyComparison(host, digests).of(entries);
        if (difference.missing().isEmpty()) {
            return 0;
        }
        AtomicInteger count = new AtomicInteger();
        CommandRun.Result<String> result = shell.stream(
                script(".incoming/" + UUID.randomUUID()),
                stream -> count.set(write(difference, stream)),
                CommandRun::readText,
                LIMIT);
        if (result.exitCode() != 0) {
            throw new RefusedException(shell.name() + " cannot store the files of the workspace in " + root + ": "
                    + Shell.Output.oneLine(result.err()));
        }
        return count.get();
    }

    private String script(String stage) {
        return "cd " + quote(root) + " || exit 1\n" + "export LC_ALL=C\n" + "stage=" + stage + "\n" + """
                find .incoming -mindepth 1 -maxdepth 1 -mtime +1 -exec rm -rf {} + 2>/dev/null
                mkdir -p "$stage" || exit 1
                (cd "$stage" && tar -xpof -) && if [ -f "$stage/place" ]; then
                  sh "$stage/place" "$stage"
                else
                  echo "the archive ended before its end" >&2
                  false
                fi
                code=$?
                rm -rf "$stage"
                exit $code
                """;
    }

    private int write(CopyDifference difference, OutputStream stream) throws IOException {
        PlaceScript places = new PlaceScript(difference.outdated());
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        for (Map.Entry<String, LocalTree.Entry> named : difference.missing().entrySet()) {
            String path = named.getKey();
            switch (named.getValue()) {
                case LocalTree.Entry.Folder _ -> places.addFolder(path);
                case LocalTree.Entry.Link link -> {
                    TarArchiveEntry entry = new TarArchiveEntry("f/" + path, TarConstants.LF_SYMLINK);
                    entry.setLinkName(link.target());
                    tar.putArchiveEntry(entry);
                    tar.closeArchiveEntry();
                    places.addFile(path);
                }
                case LocalTree.Entry.Content content -> {
                    if (write(path, content, tar)) {
                        places.addFile(path);
                    }
                }
            }
        }
        // The script comes last: if it is there, everything is there.
        byte[] script = places.text().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry place = new TarArchiveEntry("place");
        place.setSize(script.length);
        tar.putArchiveEntry(place);
        tar.write(script);
        tar.closeArchiveEntry();
        tar.finish();
        tar.flush();
        return places.count();
    }

    /** Writes a file to the archive, and returns whether it still existed. */
    private static boolean write(String path, LocalTree.Entry.Content content, TarArchiveOutputStream tar)
            throws IOException {
        InputStream stream;
        try {
            stream = content.open();
        } catch (NoSuchFileException vanished) {
            return false;
        }
        try (stream) {
            TarArchiveEntry entry = new TarArchiveEntry("f/" + path);
            entry.setSize(content.size());
            entry.setMode(content.permissions());
            entry.setLastModifiedTime(FileTime.fromMillis(content.modified()));
            tar.putArchiveEntry(entry);
            byte[] buffer = new byte[BUFFER];
            long left = content.size();
            while (left > 0) {
                int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException(content.file() + " has become shorter while it was sent");
                }
                tar.write(buffer, 0, count);
                left -= count;
            }
            tar.closeArchiveEntry();
        }
        return true;
    }
}
