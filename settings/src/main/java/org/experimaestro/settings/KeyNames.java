package org.experimaestro.settings;

import java.util.List;
import java.util.Locale;

/** The spelling of record components as keys of YAML, and the list of reserved keys. */
final class KeyNames {
    static final String FILE = "file";
    static final String CLASS = "class";
    static final String ID = "id";
    static final String WORKDIR = "workdir";
    static final String IMPORTS = "imports";
    static final String ENV = "env";
    static final String PASS = "pass";
    static final String MAVEN = "maven";
    static final String LAUNCHER_OPTIONS = "launcher_options";
    static final String RETRIES = "retries";
    static final String ISOLATION = "isolation";
    static final String PRIORITIES = "priorities";
    static final String DIRTY_GIT = "dirty_git";
    static final String PATCH_LIMIT = "patch_limit";
    static final String TITLE = "title";
    static final String DESCRIPTION = "description";
    /** A key of settings of a user and of a workspace, not of an experiment. */
    static final String ROOTS = "roots";
    /** A key of settings of a user and of a workspace, not of an experiment. */
    static final String FILTERS = "filters";
    /** A key of settings of a workspace, not of an experiment. */
    static final String FOLDERS = "folders";
    /** A key of settings of a workspace, not of an experiment. */
    static final String HISTORY = "history";
    /** A key of settings of a workspace, not of an experiment. */
    static final String ENERGY = "energy";
    /** A key of settings of a workspace, not of an experiment. */
    static final String CARBON = "carbon";
    /** A key of settings of a user. */
    static final String WORKSPACES = "workspaces";
    /** A key of settings of a user. */
    static final String NOTIFICATIONS = "notifications";

    /** The keys that describe the experiment itself, at the top of a file. */
    static final List<String> RESERVED = List.of(
            FILE,
            CLASS,
            ID,
            WORKDIR,
            IMPORTS,
            ENV,
            PASS,
            MAVEN,
            LAUNCHER_OPTIONS,
            RETRIES,
            ISOLATION,
            PRIORITIES,
            DIRTY_GIT,
            PATCH_LIMIT,
            TITLE,
            DESCRIPTION);

    private KeyNames() {}

    /**
     * Returns the key of a component: {@code nLayers} is {@code n_layers}, {@code useGPU} is {@code use_gpu}, {@code
     * URLPath} is {@code url_path}.
     */
    static String keyOf(String component) {
        var key = new StringBuilder();
        for (int i = 0; i < component.length(); i++) {
            if (i > 0 && startsWord(component, i)) {
                key.append('_');
            }
            key.append(component.charAt(i));
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean startsWord(String name, int index) {
        char before = name.charAt(index - 1);
        if (!Character.isUpperCase(name.charAt(index)) || before == '_') {
            return false;
        }
        boolean lowerFollows = index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1));
        return !Character.isUpperCase(before) || lowerFollows;
    }

    /** Returns the path of a key below another: {@code optimizer.lr}. */
    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
