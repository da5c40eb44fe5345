package org.experimaestro.cli.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.web.address.PageView;
import org.experimaestro.web.running.PageClient;
import org.experimaestro.web.running.RunningPage;
import org.experimaestro.web.running.RunningPages;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;

/** A search for the pages that this user's processes serve. */
public final class PageFinder {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private PageFinder() {}

    /**
     * Returns the pages of all workspaces, those of other hosts too, where they may have ended.
     *
     * @throws WorkspaceException if they cannot be read
     */
    static List<RunningPage> all() {
        try {
            return pages().all();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /**
     * Finds the page of a workspace that runs on this host, the latest one.
     *
     * @param workspace the workspace
     * @param fits selects the pages that come into question
     * @throws WorkspaceException if the pages cannot be read
     */
    static Optional<RunningPage> find(Workspace workspace, Predicate<RunningPage> fits) {
        try {
            return find(workspace.root().toRealPath().toString(), fits);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /**
     * Finds the page of a workspace that runs on this host, the latest one.
     *
     * @param place the real path of the workspace; behind {@code HOST:} if it is on another host
     * @param fits selects the pages that come into question
     * @throws WorkspaceException if the pages cannot be read
     */
    static Optional<RunningPage> find(String place, Predicate<RunningPage> fits) {
        try {
            return pages().of(place).stream().filter(fits).findFirst();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /**
     * Finds the link of a view, for a person: the standard output must be a terminal, and a page of the workspace must
     * run. It has no token, because the browser has a session, and tokens of many lines would push out each other.
     *
     * @param workspace the workspace
     * @param view the view
     * @param fits selects the pages that come into question
     * @return a line
     */
    public static Optional<String> findLink(Workspace workspace, PageView view, Predicate<RunningPage> fits) {
        if (!Printer.isTerminal()) {
            return Optional.empty();
        }
        try {
            return find(workspace, fits).map(page -> "Page: " + page.address() + view.address());
        } catch (WorkspaceException unreadable) {
            return Optional.empty(); // the view itself was shown; --link tells the reason
        }
    }

    /** Asks a page for an address that opens it once. */
    static String newAddress(RunningPage page) throws IOException {
        return new PageClient(PATIENCE).newAddress(page);
    }

    private static RunningPages pages() {
        return new RunningPages(UserFolder.STATE.path());
    }

    private static WorkspaceException unreadable(IOException failed) {
        return WorkspaceException.of("Cannot read which pages run: " + Failures.reason(failed))
                .advice(UserFolder.STATE.advice())
                .cause(failed)
                .build();
    }
}
