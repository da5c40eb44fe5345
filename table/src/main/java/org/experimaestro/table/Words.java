package org.experimaestro.table;

import java.util.Locale;

/** The words of constants in files: {@code not worse} for {@code NOT_WORSE}, and no word for {@code NONE}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().equals("NONE")
                ? ""
                : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
