package org.experimaestro.base.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * A test for hidden characters: a terminal interprets them, shows nothing, or shows something unpredictable.
 *
 * <p>They are of the general categories that Python ({@code str.isprintable}), Go ({@code strconv.IsPrint}) and Rust
 * ({@code char::escape_debug}) do not print either: Cc, Cf, Cs, Co, Cn, Zl and Zp. Spaces of any width are shown.
 *
 * <p>Some scripts and emoji need characters without a look of their own. These are shown at the places where Unicode
 * has them (The Unicode Standard, 23.2 and 23.4; UTS #51, 1.4), and hidden elsewhere.
 */
final class HiddenCharacter {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;

    /**
     * Characters of the category Cf with a look: they stand around the digits that follow
     * (Prepended_Concatenation_Mark).
     */
    private static final String PREPENDED =
            "\u0600\u0601\u0602\u0603\u0604\u0605\u06DD\u070F\u0890\u0891\u08E2\uD804\uDCBD\uD804\uDCCD";

    /** Characters without a look, although Unicode counts them among the letters, marks and symbols. */
    private static final String FILLERS = "\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\uD81B\uDFE4\uD834\uDD59";

    /** Scripts whose letters change their shape with a joiner or a non-joiner between them. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.ADLAM,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.TIBETAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER,
            UnicodeScript.BALINESE,
            UnicodeScript.JAVANESE);

    /** Scripts whose letters have variants. */
    private static final Set<UnicodeScript> VARYING =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.MONGOLIAN, UnicodeScript.PHAGS_PA, UnicodeScript.MYANMAR);

    private HiddenCharacter() {}

    /** Returns whether the character that begins at an index of the text is hidden. */
    static boolean isAt(String text, int at) {
        int character = text.codePointAt(at);
        if (character >= ' ' && character <= '~') {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> PREPENDED.indexOf(character) < 0 && !isJoinerInPlace(text, at);
            default -> isFiller(character) || isSelector(character) && !isSelectorInPlace(text, at);
        };
    }

    /**
     * Returns whether a joiner is between two letters of one script that joins, or, as in the emoji of a family,
     * between two symbols.
     */
    private static boolean isJoinerInPlace(String text, int at) {
        int joiner = text.charAt(at);
        if (joiner != ZERO_WIDTH_JOINER && joiner != ZERO_WIDTH_NON_JOINER || at + 1 == text.length()) {
            return false;
        }
        int next = text.codePointAt(at + 1);
        int start = at;
        while (start > 0 && isMarkOfAnyScript(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        if (start > 0 && isJoining(next) && isJoining(text.codePointBefore(start))) {
            return UnicodeScript.of(next) == UnicodeScript.of(text.codePointBefore(start));
        }
        int end = at > 0 && text.charAt(at - 1) == EMOJI_STYLE ? at - 1 : at;
        return joiner == ZERO_WIDTH_JOINER && end > 0 && isSymbol(text.codePointBefore(end)) && isSymbol(next);
    }

    /**
     * Returns whether a selector is directly after a symbol or a sign, after a letter of a script with variants, or
     * in a keycap such as that of 1.
     */
    private static boolean isSelectorInPlace(String text, int at) {
        if (at == 0) {
            return false;
        }
        int varied = text.codePointBefore(at);
        if (varied < 0x80) {
            boolean isKey = varied == '#' || varied == '*' || varied >= '0' && varied <= '9';
            return isKey && text.charAt(at) == EMOJI_STYLE && at + 1 < text.length() && text.charAt(at + 1) == KEYCAP;
        }
        return Character.isLetter(varied) && VARYING.contains(UnicodeScript.of(varied))
                || isSymbol(varied)
                || isSign(varied);
    }

    private static boolean isJoining(int character) {
        return (Character.isLetter(character) || isMark(character))
                && !isFiller(character)
                && !isSelector(character)
                && JOINING.contains(UnicodeScript.of(character));
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isMarkOfAnyScript(int character) {
        return isMark(character)
                && UnicodeScript.of(character) == UnicodeScript.INHERITED
                && !isSelector(character)
                && !isFiller(character);
    }

    private static boolean isSymbol(int character) {
        return switch (Character.getType(character)) {
            case Character.OTHER_SYMBOL, Character.MATH_SYMBOL, Character.MODIFIER_SYMBOL ->
                character >= 0x80 && !isFiller(character);
            default -> false;
        };
    }

    /**
     * Returns whether a character is a sign: letter-like or punctuation among the emoji and the signs of East Asia,
     * such as the information sign.
     */
    private static boolean isSign(int character) {
        return UnicodeScript.of(character) == UnicodeScript.COMMON
                && switch (Character.getType(character)) {
                    case Character.LOWERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.OTHER_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.OTHER_NUMBER -> character >= 0x2000;
                    default -> false;
                };
    }

    private static boolean isFiller(int character) {
        return FILLERS.indexOf(character) >= 0;
    }

    private static boolean isSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F
                || character >= 0xE0100 && character <= 0xE01EF
                || character >= 0x180B && character <= 0x180D
                || character == 0x180F;
    }
}
