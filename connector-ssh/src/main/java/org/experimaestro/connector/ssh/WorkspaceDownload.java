package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;

/**
 * A download of the files that jobs have written on a host: first a listing, then the changed files as one archive.
 * If a job has ended since the last download, all of its files are compared. Its markers are put into their places
 * after everything else. Confined to one thread.
 */
final class WorkspaceDownload {
    private static final Duration LIMIT = Duration.ofDays(1);

    /**
     * The number of rounds, because files come and go while jobs run. A file that is always listed, and never
     * arrives, cannot be read.
     */
    private static final int ROUNDS = 3;

    /** Writes an archive of the files whose names are its input, a line each. */
    static final String GET = """
            export LC_ALL=C
            if tar --null -cf /dev/null -T /dev/null 2>/dev/null; then
              tr '\\n' '\\000' | tar --null -cf - -T -
            else
              tar -cf - -T -
            fi
            """;

    private final RemoteShell shell;
    private final HostFiles host;
    private final HostDigests digests;
    private final Path here;
    private final String there;
    private final List<String> jobs;
    private final boolean onlyEnded;
    private final RefusedFiles refusals;

    /**
     * Creates a download.
     *
     * @param jobs folders of jobs, relative to the workspace
     * @param onlyEnded whether the jobs that have not ended since the last download are left alone
     * @param refusals receives the files that have no place here
     */
    WorkspaceDownload(
            RemoteShell shell,
            HostFiles host,
            HostDigests digests,
            Path here,
            String there,
            List<String> jobs,
            boolean onlyEnded,
            RefusedFiles refusals) {
        this.shell = shell;
        this.host = host;
        this.digests = digests;
        this.here = here;
        this.there = there;
        this.jobs = jobs;
        this.onlyEnded = onlyEnded;
        this.refusals = refusals;
    }

    /**
     * Fetches the changed files.
     *
     * @return the number of files and links that were stored
     */
    int fetch() throws UnreachableException, RefusedException, InterruptedException {
        int count = 0;
        String complaint = "";
        SortedSet<String> missing = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Places places = new Places(here, there, jobs);
            try (FetchedFiles files = new FetchedFiles(places, refusals)) {
                Wanted wanted = new JobComparison(host, digests, here, places, refusals).of(jobs, onlyEnded);
                if (wanted.isEmpty()) {
                    return count;
                }
                complaint = transfer(wanted, files);
                missing = wanted.missing(files);
                for (String marker : wanted.markers().keySet()) {
                    String folder = JobFiles.jobOf(marker) + "/";
                    if (missing.stream().noneMatch(path -> path.startsWith(folder))) {
                        files.release(marker);
                    }
                }
                count += files.received().size();
            } catch (IOException failed) {
                throw new RefusedException("Cannot store files of " + shell.name() + " in the workspace " + here + ": "
                        + failed.getMessage());
            }
            if (missing.isEmpty()) {
                return count;
            }
        }
        throw new RefusedException(
                "Files of " + shell.name() + " in " + there + " cannot be read: " + missing + ": " + complaint);
    }

    private String transfer(Wanted wanted, FetchedFiles files)
            throws IOException, UnreachableException, InterruptedException {
        StringBuilder list = new StringBuilder();
        wanted.files().keySet().forEach(path -> list.append("./").append(path).append('\n'));
        wanted.markers().keySet().forEach(path -> list.append("./").append(path).append('\n'));
        try {
            return Shell.Output.oneLine(shell.stream(
                            "cd " + quote(there) + " || exit 1\n" + GET,
                            CommandRun.text(list.toString()),
                            stream -> files.store(stream, wanted.all()),
                            LIMIT)
                    .err());
        } catch (StorageException ours) {
            throw ours;
        } catch (IOException cut) {
            throw new UnreachableException(
                    "The connection to " + shell.name() + " was lost while files were fetched: " + cut.getMessage(),
                    cut);
        }
    }
}
