package org.experimaestro.runtime.worker;

import java.nio.charset.StandardCharsets;

/**
 * The static state of a class, by its class file: the fields that code can change, and the code that runs when the class is
 * initialized. A class without any is the same in each task, so that it need not be defined anew. Source: The Java Virtual
 * Machine Specification, chapter 4. Confined to one thread.
 */
final class StaticState {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int HEADER_BYTES = 8;

    private static final int UTF8 = 1;
    private static final int CLASS = 7;

    private static final int STATIC = 0x0008;
    private static final int FINAL = 0x0010;

    private static final String INITIALIZER = "<clinit>";
    private static final String CONSTRUCTOR = "<init>";
    private static final String CODE = "Code";

    /** The method of a compiled enumeration that makes the array of its constants. */
    private static final String MAKES_VALUES = "$values";

    private static final String VALUES = "$VALUES";

    /** The class above a generated descriptor, whose initializer registers it, and which never changes. */
    private static final String DESCRIPTOR = "org/experimaestro/generated/TypeDescriptor";

    private static final String ENUM = "java/lang/Enum";

    private final byte[] bytes;
    private int[] constants = {};
    private int at;

    private boolean hasChangeable;
    private boolean hasInitializer;
    private boolean isPlainEnum;

    private StaticState(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns whether a class has static state.
     *
     * @param classFile the bytes of the class
     * @return true also if they are no class file, or one with a kind of constant that is not known here
     */
    static boolean isIn(byte[] classFile) {
        try {
            StaticState state = new StaticState(classFile);
            return !state.readConstants() || state.read();
        } catch (IndexOutOfBoundsException truncated) {
            return true;
        }
    }

    /** Finds the places of all constants; returns false if one is not known. */
    private boolean readConstants() {
        if ((u2(0) << 16 | u2(2)) != MAGIC) {
            return false;
        }
        int count = u2(HEADER_BYTES);
        constants = new int[count];
        at = HEADER_BYTES + 2;
        for (int i = 1; i < count; i++) {
            constants[i] = at;
            int size = size();
            if (size < 0) {
                return false;
            }
            boolean isWide = bytes[at] == 5 || bytes[at] == 6; // a long or a double takes the next place, too
            at += size;
            i += isWide ? 1 : 0;
        }
        return true;
    }

    /** Returns the bytes of the constant here, by table 4.4-A; -1 for an unknown one. */
    private int size() {
        return switch (bytes[at]) {
            case UTF8 -> 3 + u2(at + 1);
            case CLASS, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            default -> -1;
        };
    }

    private boolean read() {
        at += 2; // the flags of the class
        String own = className(next());
        String parent = className(next());
        int interfaces = next();
        at += 2 * interfaces;
        isPlainEnum = parent.equals(ENUM);
        for (int fields = next(); fields > 0; fields--) {
            readField(own);
        }
        for (int methods = next(); methods > 0; methods--) {
            readMethod(own);
        }
        boolean mayInitialize = isPlainEnum || parent.equals(DESCRIPTOR);
        return hasChangeable || hasInitializer && !mayInitialize;
    }

    private void readField(String own) {
        int flags = next();
        String name = text(next());
        String type = text(next());
        skipAttributes();
        if ((flags & STATIC) == 0) {
            // A constant of an enumeration is static state, unless none of its own fields can change.
            isPlainEnum &= (flags & FINAL) != 0 && (type.length() == 1 || type.equals("Ljava/lang/String;"));
        } else {
            hasChangeable |= (flags & FINAL) == 0;
            isPlainEnum &= type.equals("L" + own + ";") || name.equals(VALUES) || type.length() == 1;
        }
    }

    private void readMethod(String own) {
        at += 2; // its flags
        String name = text(next());
        at += 2; // its descriptor
        hasInitializer |= name.equals(INITIALIZER);
        boolean isInitial = name.equals(INITIALIZER) || name.equals(CONSTRUCTOR) || name.equals(MAKES_VALUES);
        for (int attributes = next(); attributes > 0; attributes--) {
            boolean isCode = text(next()).equals(CODE);
            int length = next() << 16 | next();
            int end = at + length;
            if (isCode && isInitial && isPlainEnum) {
                at += 4; // the sizes of the stack and of the local variables
                int codeLength = next() << 16 | next();
                isPlainEnum = makesConstants(at + codeLength, own);
            }
            at = end;
        }
    }

    /**
     * Reads the code that makes the constants of an enumeration.
     *
     * @param end the end of the code, which begins here
     * @param own the name of the class
     * @return whether it only computes with constants and arguments, creates objects of its class, and sets their fields, so
     *     that the constants are the same in each process
     */
    private boolean makesConstants(int end, String own) {
        while (at < end) {
            int length = instruction(own);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Returns the length of the instruction here, by chapter 6.5; 0 if it may do something else. */
    private int instruction(String own) {
        int code = bytes[at] & 0xFF;
        return switch (code) {
            case 0x10 -> 2; // bipush
            case 0x11 -> 3; // sipush
            case 0x12 -> isLiteral(bytes[at + 1] & 0xFF) ? 2 : 0; // ldc
            case 0x13, 0x14 -> isLiteral(u2(at + 1)) ? 3 : 0; // ldc_w, ldc2_w
            case 0x15, 0x16, 0x17, 0x18, 0x19 -> 2; // loads of a local variable
            case 0x36, 0x37, 0x38, 0x39, 0x3A -> 2; // stores to a local variable
            case 0x53, 0x57, 0x59, 0xB0, 0xB1 -> 1; // aastore, pop, dup, areturn, return
            case 0xB2, 0xB3, 0xB5 -> isMemberOf(own, u2(at + 1)) ? 3 : 0; // getstatic, putstatic, putfield
            case 0xB7 -> isConstructor(own, u2(at + 1)) ? 3 : 0; // invokespecial
            case 0xB8 -> isMemberOf(own, u2(at + 1)) && memberName(u2(at + 1)).equals(MAKES_VALUES) ? 3 : 0;
            case 0xBB, 0xBD -> className(u2(at + 1)).equals(own) ? 3 : 0; // new, anewarray
            default -> isSimple(code) ? 1 : 0;
        };
    }

    /** Returns whether an instruction without operands pushes a constant, moves a local variable, computes or converts. */
    private static boolean isSimple(int code) {
        return code <= 0x0F
                || code >= 0x1A && code <= 0x2D
                || code >= 0x3B && code <= 0x4E
                || code >= 0x60 && code <= 0x83
                || code >= 0x85 && code <= 0x93;
    }

    /** Returns whether a constant is a number or a string, which no code computes. */
    private boolean isLiteral(int constant) {
        int kind = bytes[constants[constant]];
        return kind >= 3 && kind <= 6 || kind == 8;
    }

    private boolean isConstructor(String own, int member) {
        return memberName(member).equals(CONSTRUCTOR) && (isMemberOf(own, member) || isMemberOf(ENUM, member));
    }

    private boolean isMemberOf(String type, int member) {
        return className(u2(constants[member] + 1)).equals(type);
    }

    private String memberName(int member) {
        int nameAndType = u2(constants[member] + 3);
        return text(u2(constants[nameAndType] + 1));
    }

    private void skipAttributes() {
        for (int attributes = next(); attributes > 0; attributes--) {
            at += 2; // the name
            int length = next() << 16 | next();
            at += length;
        }
    }

    private int next() {
        int value = u2(at);
        at += 2;
        return value;
    }

    private int u2(int position) {
        return (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
    }

    /** Returns the name of a class constant; empty for the missing one of {@code Object} and of modules. */
    private String className(int constant) {
        return constant == 0 ? "" : text(u2(constants[constant] + 1));
    }

    private String text(int constant) {
        int position = constants[constant];
        return new String(bytes, position + 3, u2(position + 1), StandardCharsets.UTF_8);
    }
}
