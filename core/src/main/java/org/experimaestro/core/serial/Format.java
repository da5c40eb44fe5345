package org.experimaestro.core.serial;

/** The words of the file format, which {@code docs/workspace.md} specifies. */
final class Format {
    /** The number of the format. A reader refuses a greater one. */
    static final int VERSION = 1;

    static final String FORMAT = "format";
    static final String IDENTIFIER_FORMAT = "identifierFormat";
    static final String WORKSPACE = "workspace";
    static final String CONFIGURATIONS = "configurations";
    static final String VALUE = "value";
    static final String DEFAULTS = "defaults";
    static final String DIGEST = "digest";
    static final String TYPES = "types";

    static final String TYPE = "type";
    static final String TYPE_VERSION = "version";
    static final String CLASS = "class";
    static final String ID = "id";
    static final String PARAMETERS = "parameters";
    static final String TAGS = "tags";
    static final String TAGS_STAY = "tagsStay";
    static final String PRODUCER = "producer";

    /** What a reference to another configuration of the file starts with. */
    static final char REFERENCE = '@';

    /** What a character that cannot be written as text is written with, before its hexadecimal number. */
    static final String CODE_POINT = "U+";

    private Format() {}
}
