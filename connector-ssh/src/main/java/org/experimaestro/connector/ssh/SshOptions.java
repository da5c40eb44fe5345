package org.experimaestro.connector.ssh;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.LauncherOption;

/**
 * A connector's options.
 *
 * @param name the connector's name
 * @param host the host, as for ssh(1)
 * @param config an ssh configuration that replaces the user's and the system's
 * @param arguments further arguments for ssh(1)
 * @param sharing the way in which the host has the workspace
 */
record SshOptions(String name, String host, Optional<Path> config, List<String> arguments, Sharing sharing) {
    static final String HOST = "host";
    static final String CONFIG = "config";
    static final String OPTIONS = "options";
    static final String WORKSPACE = "workspace";
    static final String MOUNT = "mount";
    static final String FOLDER = "folder";

    static final String SHARED = "shared";
    static final String COPY = "copy";
    static final String DEFAULT_FOLDER = "~/experimaestro";

    static final List<LauncherOption> KNOWN = List.of(
            new LauncherOption(HOST, "The host, as for ssh: a name of ~/.ssh/config, or user@host. Required."),
            new LauncherOption(CONFIG, "An ssh configuration to use in place of ~/.ssh/config."),
            new LauncherOption(OPTIONS, "Further options for ssh, such as \"-p 2222 -o ProxyJump=gate\"."),
            new LauncherOption(
                    WORKSPACE,
                    "\"shared\" (the default): the host has the workspace by a network file system; \"copy\": files are sent "
                            + "to the host, and results fetched."),
            new LauncherOption(
                    MOUNT,
                    "Of a shared workspace: \"HERE:THERE\", if a folder here is at another path on the host; the same path if "
                            + "it is not given."),
            new LauncherOption(
                    FOLDER,
                    "Of a copied workspace: the folder on the host below which copies are, \"" + DEFAULT_FOLDER
                            + "\" if it is not given; \"~/\" is the home folder there."));

    /** Copies the list. */
    SshOptions {
        arguments = List.copyOf(arguments);
    }

    /** A way in which a host has the workspace. */
    sealed interface Sharing {

        /** A network file system, where the folder {@code here} of this machine is the folder {@code there}. */
        record Shared(Path here, String there) implements Sharing {}

        /** A copy below a folder of the host, which may begin with {@code ~/}. */
        record Copied(String folder) implements Sharing {}
    }

    static SshOptions of(ConnectorDefinition definition) {
        List<String> problems = problems(definition.options());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The connector " + definition.name() + " cannot be opened: " + String.join("; ", problems));
        }
        Map<String, String> options = definition.options();
        return new SshOptions(
                definition.name(),
                required(options, HOST),
                find(options, CONFIG).map(HomeFolder::expand),
                words(find(options, OPTIONS).orElse("")),
                sharing(options));
    }

    /** Returns all problems of the values of options. */
    static List<String> problems(Map<String, String> options) {
        List<String> problems = new ArrayList<>();
        String host = find(options, HOST).orElse("");
        if (host.isBlank()) {
            problems.add("\"host\" is missing: the host to connect to, as for ssh");
        } else if (host.startsWith("-") || host.chars().anyMatch(Character::isWhitespace)) {
            problems.add(
                    "host: \"" + host + "\" is not the name of a host; further options for ssh belong to \"options\"");
        }
        if (find(options, CONFIG).filter(String::isBlank).isPresent()) {
            problems.add("config: an empty text is not a file");
        }
        checkArguments(find(options, OPTIONS).orElse(""), problems);
        checkSharing(options, problems);
        return problems;
    }

    private static void checkArguments(String text, List<String> problems) {
        List<String> words;
        try {
            words = words(text);
        } catch (IllegalArgumentException unclosed) {
            problems.add("options: " + unclosed.getMessage());
            return;
        }
        for (String word : words) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.contains("stricthostkeychecking")) {
                problems.add(
                        "options: \"" + word
                                + "\" decides whether the host is the one that is known; that belongs to the ssh configuration");
            }
        }
    }

    private static void checkSharing(Map<String, String> options, List<String> problems) {
        String workspace = find(options, WORKSPACE).orElse(SHARED);
        if (!workspace.equals(SHARED) && !workspace.equals(COPY)) {
            problems.add("workspace: \"" + workspace + "\" is neither \"shared\" nor \"copy\"");
            return;
        }
        if (workspace.equals(COPY) && find(options, MOUNT).isPresent()) {
            problems.add("mount: it is for a shared workspace, and this one is copied");
        }
        if (workspace.equals(SHARED) && find(options, FOLDER).isPresent()) {
            problems.add("folder: it is for a copied workspace, and this one is shared; did you mean workspace: copy?");
        }
        find(options, MOUNT).ifPresent(mount -> checkMount(mount, problems));
        find(options, FOLDER).ifPresent(folder -> {
            if (!(folder.startsWith("/") || folder.startsWith("~/")) || folder.contains("\n")) {
                problems.add("folder: \"" + folder + "\" begins neither with \"/\" nor with \"~/\"");
            }
        });
    }

    private static void checkMount(String mount, List<String> problems) {
        int colon = mount.indexOf(':');
        String here = colon < 0 ? "" : mount.substring(0, colon);
        String there = colon < 0 ? "" : mount.substring(colon + 1);
        try {
            if (!here.isEmpty() && HomeFolder.expand(here).isAbsolute() && there.startsWith("/")) {
                return;
            }
        } catch (InvalidPathException invalid) {
            problems.add("mount: \"" + here + "\" is not a path: " + invalid.getReason());
            return;
        }
        problems.add("mount: \"" + mount
                + "\" is not HERE:THERE, a folder here and the same folder on the host, both from the root");
    }

    private static Sharing sharing(Map<String, String> options) {
        if (find(options, WORKSPACE).orElse(SHARED).equals(COPY)) {
            return new Sharing.Copied(find(options, FOLDER).orElse(DEFAULT_FOLDER));
        }
        String mount = find(options, MOUNT).orElse("/:/");
        int colon = mount.indexOf(':');
        return new Sharing.Shared(HomeFolder.expand(mount.substring(0, colon)).normalize(), mount.substring(colon + 1));
    }

    /** Splits a text at white space; a word with white space is in single or double quotes. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quote != 0) {
                if (character == quote) {
                    quote = 0;
                } else {
                    word.append(character);
                }
            } else if (character == '\'' || character == '"') {
                quote = character;
                inWord = true;
            } else if (!Character.isWhitespace(character)) {
                word.append(character);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("there is no closing " + quote + " in " + text);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static Optional<String> find(Map<String, String> options, String option) {
        return Optional.ofNullable(options.get(option));
    }

    private static String required(Map<String, String> options, String option) {
        return find(options, option).orElseThrow();
    }
}
