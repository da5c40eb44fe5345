package org.experimaestro.finder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.experimaestro.LaunchException;
import org.experimaestro.base.file.FileName;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/** A maker of new launcher files, from the detected hosts and partitions. */
public final class LauncherFileMaker {
    private static final String SSH = "ssh";

    private final LauncherTypes types;

    /**
     * Creates a maker.
     *
     * @param types the types of launchers and connectors that the file may name
     */
    public LauncherFileMaker(LauncherTypes types) {
        this.types = types;
    }

    /**
     * Returns a file for this machine.
     *
     * @param type the only type of launcher; {@code null} for the batch systems that are found, and this machine
     *     itself
     * @return YAML
     * @throws LaunchException if there is nothing to describe, with the machine's messages
     * @throws InterruptedException if this thread is interrupted
     */
    public String here(@Nullable String type) throws InterruptedException {
        return describe(new LocalShell(), "this machine", type, new LauncherFileText(), true);
    }

    /**
     * Returns a file for a host that is reached with ssh.
     *
     * @param host the host, as for ssh
     * @param type the only type of launcher; {@code null} for the batch systems that are found, or otherwise the host
     *     itself
     * @return YAML
     * @throws LaunchException if there is nothing to describe, with the host's messages
     * @throws InterruptedException if this thread is interrupted
     */
    public String over(String host, @Nullable String type) throws InterruptedException {
        ConnectorType ssh = types.findConnectorType(SSH)
                .orElseThrow(() -> LaunchException.of("this installation has no connector of the type ssh")
                        .build());
        var definition = new ConnectorDefinition("login", SSH, new TreeMap<>(Map.of("host", host)));
        List<String> wrong = ssh.check(definition.options());
        if (!wrong.isEmpty()) {
            throw LaunchException.of("cannot connect to " + Texts.quote(host) + ": " + String.join("; ", wrong))
                    .build();
        }
        LauncherFileText text = new LauncherFileText();
        text.connect(host);
        try (Connector connector = ssh.open(definition)) {
            return describe(connector, host, type, text, false);
        }
    }

    private String describe(Shell shell, String where, @Nullable String only, LauncherFileText text, boolean isHere)
            throws InterruptedException {
        boolean hasBatch = false;
        for (String name : batchTypes(only)) {
            Optional<ClusterDescription> found = describe(shell, where, name, only != null);
            if (found.isPresent()) {
                text.add(name, name, found.get());
                hasBatch = true;
            }
        }
        boolean wantsMachine = only == null ? isHere || !hasBatch : only.equals(LauncherDefinition.DIRECT);
        if (wantsMachine) {
            ClusterDescription machine =
                    describe(shell, where, LauncherDefinition.DIRECT, true).orElseThrow();
            if (hasBatch) {
                text.addLogin(machine);
            } else {
                text.add(isHere ? LauncherDefinition.local().name() : "remote", LauncherDefinition.DIRECT, machine);
            }
        }
        return readBack(text.text(), where);
    }

    /** Reads the text back, to ensure that no file is written that would be refused later. */
    private String readBack(String text, String where) {
        try {
            LauncherFile.parse(text, types);
            return text;
        } catch (LaunchException unreadable) {
            throw LaunchException.of(
                            "Cannot make a launcher file: what %s says of itself does not read back, so nothing was written: %s"
                                    .formatted(where, unreadable.getMessage()))
                    .advice("write the file by hand, after docs/launcher-file.md")
                    .cause(unreadable)
                    .build();
        }
    }

    private List<String> batchTypes(@Nullable String only) {
        List<String> known = new ArrayList<>(types.launcherNames());
        known.remove(LauncherTypes.DYNAMIC);
        if (only != null && !known.contains(only)) {
            throw LaunchException.of("there is no type of launcher " + Texts.quote(only))
                    .advice(NearName.advice(only, known).orElse("known are " + Texts.list(known)))
                    .build();
        }
        known.remove(LauncherDefinition.DIRECT);
        return only == null ? known : known.stream().filter(only::equals).toList();
    }

    /** Describes the system of a type on a host; empty if there is none and it is optional. */
    private Optional<ClusterDescription> describe(Shell shell, String where, String type, boolean mustBe)
            throws InterruptedException {
        LauncherType found = types.findLauncherType(type)
                .orElseThrow(() -> LaunchException.of("this installation has no launcher of the type " + type)
                        .build());
        try {
            return Optional.of(found.describe(shell));
        } catch (RefusedException refused) {
            if (mustBe) {
                throw LaunchException.of("cannot describe %s as a launcher of the type %s: %s"
                                .formatted(where, type, refused.getMessage()))
                        .build();
            }
            return Optional.empty();
        } catch (UnreachableException silent) {
            throw LaunchException.of("%s does not answer as a launcher of the type %s: %s"
                            .formatted(where, type, silent.getMessage()))
                    .advice("try again later, or choose another type with --type")
                    .build();
        }
    }

    /**
     * Writes a file atomically, so that a reader never sees half of it. Only this user may change it and the folders
     * that are made for it, regardless of the umask, because it has commands.
     *
     * @param file the file
     * @param text its content
     * @param force whether to replace an existing file
     * @throws LaunchException if it cannot be written, or exists
     */
    public static void write(Path file, String text, boolean force) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder == null ? file.toAbsolutePath() : folder, permissions(file, "rwxr-xr-x"));
            Path made = file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID() + ".new");
            try {
                Files.createFile(made, permissions(file, "rw-r--r--"));
                Files.writeString(made, text);
                if (force) {
                    // The replacement is atomic, because a run that starts now must find the old file or the new one.
                    FileName.replace(made, file);
                } else if (!FileName.take(made, file)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException exception) {
            throw LaunchException.of("cannot write the launcher file " + file)
                    .cause(exception)
                    .build();
        }
    }

    /** Returns the permissions for a new file: at most these, as the umask may remove more. */
    private static FileAttribute<?>[] permissions(Path file, String most) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(most))}
                : new FileAttribute<?>[0];
    }
}
