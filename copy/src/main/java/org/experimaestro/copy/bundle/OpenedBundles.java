package org.experimaestro.copy.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.RememberedDigests;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.core.json.Json;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The bundles that this user has opened. Each is unpacked once, into a folder of the user's cache that is named by the
 * content of the bundle, and is a read-only workspace from then on. A folder there can be deleted at any time.
 */
public final class OpenedBundles {
    private static final int DIGITS = 16;

    private OpenedBundles() {}

    /**
     * Returns whether a path is that of a bundle, by its name.
     *
     * @param file the path
     * @return true for a regular file whose name ends like that of a bundle
     */
    public static boolean isBundle(Path file) {
        return file.toString().endsWith(Workspace.BUNDLE_END) && Files.isRegularFile(file);
    }

    /**
     * Opens a bundle as a workspace.
     *
     * @param file the bundle
     * @return the folder of the workspace, which is not to be written
     * @throws WorkspaceException if the file is no bundle, is damaged, or cannot be unpacked
     * @throws InterruptedException if this thread is interrupted
     */
    public static Path open(Path file) throws InterruptedException {
        try {
            Path folder = PrivateFolder.make(UserFolder.CACHE.path(), "bundles");
            byte[] digest = RememberedDigests.sha256().of(file);
            Path opened = folder.resolve(HexFormat.of().formatHex(digest, 0, DIGITS));
            if (!Files.isDirectory(opened)) {
                deleteOld(folder);
                unpack(file, folder, opened);
            }
            return opened;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot open the bundle " + file + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /** Deletes what processes have left that were killed: no bundle is unpacked for a day. */
    private static void deleteOld(Path folder) throws IOException {
        Instant old = Instant.now().minus(Duration.ofDays(1));
        for (String name : Workspace.listNames(folder)) {
            Path left = folder.resolve(name);
            if (AtomicFile.isTemporary(name)
                    && Files.getLastModifiedTime(left).toInstant().isBefore(old)) {
                Folders.delete(left);
            }
        }
    }

    private static void unpack(Path file, Path folder, Path opened) throws IOException, InterruptedException {
        Path temporary = PrivateFolder.make(folder.resolve(AtomicFile.TEMPORARY + UUID.randomUUID()));
        try (BundleFile bundle = BundleFile.open(file)) {
            bundle.unpack(temporary);
            Map<String, Object> marker = Map.of("format", Workspace.FORMAT, Workspace.BUNDLE_KEY, file.toString());
            Files.writeString(temporary.resolve(WorkspaceLayout.BUNDLE), Json.write(marker));
            Folders.rename(temporary, opened);
        } catch (UnreachableException impossible) {
            throw new IllegalStateException("A bundle is a file of this machine", impossible);
        } catch (IOException failed) {
            if (!Files.isDirectory(opened)) { // another process may have opened the same bundle
                throw failed;
            }
        } finally {
            Folders.delete(temporary);
        }
    }
}
