package org.experimaestro.runtime.worker;

/** Searches for names in the constants of class files, without reading the files' structure. */
final class ClassText {
    private ClassText() {}

    /**
     * Returns whether a class file has some bytes.
     *
     * @param classFile the bytes of a class
     * @param part the bytes, such as the name of a method that the class calls
     */
    static boolean has(byte[] classFile, byte[] part) {
        for (int start = 0; start <= classFile.length - part.length; start++) {
            int i = 0;
            while (i < part.length && classFile[start + i] == part[i]) {
                i++;
            }
            if (i == part.length) {
                return true;
            }
        }
        return false;
    }
}
