package org.experimaestro.settings;

/** A user or a group as it is written: a number needs no quotes. */
@WrittenAs(one = "a name or a number", many = "names or numbers")
record Account(String name) {
    static Account parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("write the name that \"id\" prints");
        }
        return new Account(text);
    }
}
