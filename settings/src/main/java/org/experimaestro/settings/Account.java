package org.experimaestro.settings;

/** The name or number of a user or a group in a settings file: a number needs no quotes. */
@WrittenAs(one = "a name or a number", many = "names or numbers")
record Account(String name) {
    static Account parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("write the name that \"id\" prints");
        }
        return new Account(text);
    }
}
