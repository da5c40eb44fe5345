package org.experimaestro.core.serial;

import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.model.identity.IdentityFormat;

/**
 * The keys of the files of configurations, such as a job's parameters. {@code docs/workspace.md} specifies the
 * format.
 */
public final class Format {
    /** The number of the format: its own, which is not that of the workspace that the file is in. */
    static final int VERSION = 1;

    /** The number of the format. */
    public static final String FORMAT = FileFormat.KEY;
    /** The number of the format of identifiers. */
    public static final String IDENTIFIER_FORMAT = "identifierFormat";
    /** The way to the workspace, from the file; in a configuration, the absolute path of the other workspace of its producer. */
    public static final String WORKSPACE = "workspace";
    /** The absolute path that the workspace had when the file was saved; a job's parameters have none. */
    public static final String WORKSPACE_PATH = "workspacePath";
    /** The folder with the data of a saved file, beside it. */
    public static final String DATA = "data";
    /** All configurations, by their names in the file. */
    public static final String CONFIGURATIONS = "configurations";
    /** The content of the file. */
    public static final String VALUE = "value";
    /** The key for a task that goes on from the files of its earlier attempts. */
    public static final String RESUMABLE = "resumable";
    /** The paths of the shared folders that the task uses, in the workspace. */
    public static final String SHARED = "shared";
    /** The first defaults of all types. */
    public static final String DEFAULTS = "defaults";
    /** The digest of the first defaults. */
    public static final String DIGEST = "digest";
    /** The first defaults, by type. */
    public static final String TYPES = "types";

    /** A configuration's type id. */
    public static final String TYPE = "type";
    /** The version of its type. */
    public static final String TYPE_VERSION = "version";
    /** The binary name of its class. */
    public static final String CLASS = "class";
    /** Its identifier. */
    public static final String ID = "id";
    /** Its parameters, by name. */
    public static final String PARAMETERS = "parameters";
    /** Its tags, by name. */
    public static final String TAGS = "tags";
    /** The key for a configuration whose users do not inherit its tags. */
    public static final String TAGS_STAY = "tagsStay";
    /** The task that makes it. */
    public static final String PRODUCER = "producer";
    /** The name under which that task announced it while it ran; absent for what its method outputs returned. */
    public static final String ANNOUNCED = "announced";
    /** The init tasks of a task, as references, in their order. */
    public static final String INIT = "init";
    /** The key for a configuration that counts, or does not, where it is used; without it, the parameter decides. */
    public static final String COUNTS = "counts";
    /** The reference to another handle of the same configuration, which has other tags or another use. */
    public static final String SAME = "same";

    /** The prefix of a reference to another configuration of the file. */
    public static final char REFERENCE = '@';

    /** The prefix of the hexadecimal number of a character that cannot be written as text. */
    static final String CODE_POINT = "U+";

    private Format() {}

    /**
     * Checks that this version can read a file.
     *
     * @param file the file
     * @throws org.experimaestro.core.json.JsonException if it has another format, or identifiers of another one
     */
    public static void requireKnown(JsonObject file) {
        FileFormat.require(file, VERSION, VERSION, "");
        if (file.has(IDENTIFIER_FORMAT)) { // a file without it was written by hand
            FileFormat.requireWritten(file, IDENTIFIER_FORMAT, "its identifiers are of format ", IdentityFormat.FORMAT);
        }
    }
}
