package org.experimaestro.cli;

/** A process that executes several command lines, so that a JVM is started once. */
final class ManyCommands {
    private ManyCommands() {}

    /**
     * Executes each argument, whose words are separated by spaces, and prints it before, and its exit code afterwards.
     *
     * @param lines the command lines
     */
    public static void main(String[] lines) {
        for (String line : lines) {
            System.out.println("> " + line);
            int code = Main.run(line.split(" "));
            System.err.flush();
            System.out.println("= " + code + "\n");
        }
    }
}
