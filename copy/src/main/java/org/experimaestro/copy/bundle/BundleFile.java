package org.experimaestro.copy.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.LinkCheck;
import org.experimaestro.copy.Staging;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that is read. It may come from anybody: no name in it leads out of its folder, and no more is written than its
 * list says. Confined to one thread.
 */
public final class BundleFile implements AutoCloseable {
    /** The most bytes of the list: that of a million files. */
    private static final int MOST_MANIFEST_BYTES = 256 << 20;

    private final Path file;
    private final ZipFile zip;
    private final BundleManifest manifest;
    private final List<String> problems = new ArrayList<>();

    private BundleFile(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        ZipEntry entry = zip.getEntry(BundleManifest.NAME);
        if (entry == null) {
            throw new JsonException("it has no " + BundleManifest.NAME);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] text = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            if (text.length > MOST_MANIFEST_BYTES) {
                throw new JsonException("its list is larger than " + MOST_MANIFEST_BYTES + " bytes");
            }
            this.manifest = BundleManifest.of(JsonFile.parse(text, BundleManifest.NAME));
        }
        checkNames();
    }

    /**
     * Opens a bundle.
     *
     * @param file a zip file
     * @return the bundle, to be closed
     * @throws WorkspaceException if it is none, or was cut
     */
    public static BundleFile open(Path file) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            return new BundleFile(file, zip);
        } catch (IOException | JsonException | IllegalArgumentException wrong) {
            close(zip);
            String reason = wrong instanceof IOException failed ? Failures.reason(failed) : wrong.getMessage();
            throw WorkspaceException.of("Cannot open the bundle " + file + ": " + reason)
                    .advice("fetch the file again, if it was sent")
                    .cause(wrong)
                    .build();
        }
    }

    private static void close(@Nullable ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException left) {
            return; // it was only read
        }
    }

    /** Compares the names in the file with those of its list. */
    private void checkNames() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        long packed = 0;
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            counts.merge(entry.getName(), 1, Integer::sum);
            packed += Math.max(entry.getCompressedSize(), 0);
        }
        counts.forEach((name, count) -> {
            if (count > 1) {
                problems.add(name + " is in it " + count + " times");
            }
            boolean isListed = manifest.files().get(name) instanceof FolderEntry.Content;
            if (!isListed && !name.equals(BundleManifest.NAME)) {
                problems.add(name + " is not in its list");
            }
        });
        manifest.files().forEach((name, entry) -> {
            if (entry instanceof FolderEntry.Content && !counts.containsKey(name)) {
                problems.add(name + " is missing");
            }
        });
        if (packed > Files.size(file)) {
            problems.add("its files overlap, so that they have more bytes than it has");
        }
        LinkCheck.findStrange(manifest.files()).ifPresent(problems::add);
    }

    /** Returns the number of jobs in the bundle. */
    public int jobs() {
        return manifest.jobs().size();
    }

    /** Returns the number of runs in the bundle. */
    public int runs() {
        return manifest.runs().size();
    }

    /**
     * Reads all files, and compares them with the list.
     *
     * @return a clause for each problem, in the order of the files; empty if the bundle is intact
     */
    public List<String> verify() {
        List<String> found = new ArrayList<>(problems);
        manifest.files().forEach((path, entry) -> {
            ZipEntry packed = zip.getEntry(path);
            if (entry instanceof FolderEntry.Content content && packed != null) {
                try (DigestInputStream in = new DigestInputStream(zip.getInputStream(packed), Digests.newSha256())) {
                    long size = skip(in, content.size());
                    boolean isSame = size == content.size()
                            && in.read() < 0
                            && HexFormat.of()
                                    .formatHex(in.getMessageDigest().digest())
                                    .equals(content.sha256());
                    if (!isSame) {
                        found.add(path + " has other content than its list says");
                    }
                } catch (IOException | IllegalArgumentException damaged) {
                    found.add(path + " is damaged: " + damaged.getMessage());
                }
            }
        });
        return found;
    }

    private static long skip(InputStream in, long most) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        while (size < most) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, most - size));
            if (count < 0) {
                return size;
            }
            size += count;
        }
        return size;
    }

    /**
     * Unpacks the bundle, and compares each file with the list.
     *
     * @param folder an empty folder of this user alone
     * @throws WorkspaceException if the bundle is damaged, or the folder's disk has no room for it
     */
    void unpack(Path folder) throws IOException, UnreachableException, InterruptedException {
        if (!problems.isEmpty()) {
            throw damaged(problems.getFirst());
        }
        long room = Files.getFileStore(folder).getUsableSpace();
        if (manifest.bytes() > room) {
            throw WorkspaceException.of("Cannot open the bundle " + file + ": its files have " + manifest.bytes()
                            + " bytes, and " + folder + " has room for " + room)
                    .advice("make room, or name another folder by XDG_CACHE_HOME")
                    .build();
        }
        new Staging(folder).stage(manifest.parts(), manifest.files(), new ZipSource());
    }

    private WorkspaceException damaged(String problem) {
        return WorkspaceException.of("Cannot open the bundle " + file + ": it is damaged: " + problem)
                .advice("see all with: experimaestro bundle verify " + file)
                .build();
    }

    /** The files of the bundle, as the source of a copy. */
    private final class ZipSource implements CopySource {
        @Override
        public Workspace workspace() {
            throw new UnsupportedOperationException("the bundle is not unpacked yet");
        }

        @Override
        public SortedMap<String, FolderEntry> list(Collection<CopyPart> parts) {
            return new TreeMap<>(manifest.files());
        }

        @Override
        public void read(Map<String, FolderEntry.Content> files, HostFolder.Receiver receiver) {
            for (String path : files.keySet()) {
                try (InputStream in = zip.getInputStream(zip.getEntry(path))) {
                    receiver.receive(path, in);
                } catch (IOException | IllegalArgumentException wrong) {
                    throw damaged(
                            wrong instanceof IOException failed
                                    ? Failures.reason(failed)
                                    : String.valueOf(wrong.getMessage()));
                }
            }
        }

        /** Does nothing: the bundle is closed later. */
        @Override
        public void close() {}
    }

    @Override
    public void close() {
        close(zip);
    }
}
