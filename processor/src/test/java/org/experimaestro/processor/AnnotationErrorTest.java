package org.experimaestro.processor;

import static org.experimaestro.processor.Sources.accepted;
import static org.experimaestro.processor.Sources.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@Default(\"1e-3x\") double | The default of x (double) cannot be read: \"1e-3x\" is not a double; write a number",
                "@Default(\"C\") Mode | \"C\" is not a constant of the enum; The constants are A, B",
                "@Default(\"[1, 2\") List<Integer> | is not JSON",
                "@Default(\"x\") Model | a configuration cannot be written as text; use @DefaultFrom with a static method that makes it",
                "@Default(\"x\") Optional<Integer> | \"x\" is not an int",
                "@Default(\"2\") @Range(min = 3) int | The default of x is not allowed: x is 2, not at least 3; change @Default or",
                "@Default(\"[1, 9]\") @Range(max = 3) List<Integer> | x is 9, not at most 3",
                "@Default(\"c\") @OneOf({\"a\", \"b\"}) String | x is c, not one of a, b",
                "@Default(\"6 min\") @OneOf(\"5 min\") Duration | x is PT6M, not one of PT5M",
                "@Default(value = \"1\", inId = true) @Meta int | which never counts in the identifier; remove @Meta, or inId",
                "@Range(min = 2) String | has the type String, and @Range is for numbers",
                "@Range(min = 2, max = 1) int | has a @Range from 2.0 to 1.0, which no number is in",
                "@OneOf({}) int | has no choices in its @OneOf",
                "@OneOf(\"x\") int | A choice of x (int) cannot be read: \"x\" is not an int",
                "@OneOf(\"x\") Path | a path has no choices; use an enum or a String",
                "@OneOf(\"x\") Model | a configuration cannot be written as text",
                "@Content int | has the type int, and @Content is for Path; remove it",
                "@DataPath int | has the type int, and @DataPath is for Path; remove it",
                "@Content @Meta Path | which is not identified at all; remove @Meta or @Content",
                "@Content @Default(\"a\") Path | has a default that would not count, whatever the file contains; write @Default",
                "@Default(value = \"1\", was = \"y\") int | The first default of x (int) cannot be read: \"y\" is not an int",
                "@Default(value = \"1\", was = \"2\", inId = true) int | has inId = true, so that no default is left out, and was, which names one; remove one",
                "@Default(value = \"1\", was = \"2\") @Meta int | which never counts in the identifier; remove @Meta, or was",
                "@Default(Default.ABSENT) int | The default of x (int) cannot be read: only an Optional can be absent; write a value",
                "@Default(value = \"1\", was = Default.ABSENT) int | The first default of x (int) cannot be read: only an Optional can be absent",
                "@Content @Default(value = Default.ABSENT, was = \"/a\") Optional<Path> | has a default that would not count",
                "@FormerName(\"x\") int | The former name x of x is the name of the parameter itself; remove it from @FormerName",
                "@FormerName({\"a\", \"a\"}) int | The former name a of x is named twice; remove one of them",
                "@GeneratedPath @FormerName(\"a\") Path | The generated path x has a former name, but no value of it is stored; remove",
                "@GeneratedPath int | has the type int; write Path",
                "@GeneratedPath @DataPath Path | belongs to the task, which is not what others use; remove @DataPath"
            })
    void process_wrongAnnotation_isRefused(String parameter, String text) {
        refused("enum Mode { A, B } @ConfigType record A(" + parameter + " §x) implements Configurable {}", text);
        refused(
                "enum Mode { A, B } @ConfigType class A implements Configurable { @ConfigConstructor A(" + parameter
                        + " §x) {} "
                        + parameter.substring(parameter.lastIndexOf(' ') + 1) + " x() { return x; } "
                        + parameter.substring(parameter.lastIndexOf(' ') + 1) + " x; }",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@Partial(value = \"s\", exclude = \"trainig\") | @Group(\"training\") int x | names the group \"trainig\", which no parameter is in; did you mean \"training\"?",
                "@Partial(value = \"s\", exclude = {}) | int x | excludes no group, so that it would be the identifier itself",
                "@Partial(value = \"a b\", exclude = \"g\") | @Group(\"g\") int x | names a folder, and has other characters",
                "@Partial(value = \"s\", exclude = \"g\") @Partial(value = \"S\", exclude = \"g\") | @Group(\"g\") int x | has the name of another one, \"s\"",
                "@Partial(value = \"s\", exclude = \"g\", include = \"h\") | @Group({\"g\", \"h\"}) int x | leaves no parameter out",
                "@Partial(value = \"s\", exclude = \"g\") | @Group(\"g\") int x, @Group(\"h\") int y | The group \"h\" is used by no partial identifier",
                "@Partial(value = \"s\", exclude = \"g\") | @Group(\"g\") int x, @GeneratedPath(partial = \"t\") Path §p | is in the shared folder of the partial identifier \"t\", which its type does not have",
                "@Partial(value = \"s\", exclude = \"g\") | @Group(\"g\") @GeneratedPath Path §p | never counts in an identifier; remove @Group"
            })
    void process_wrongPartialIdentifier_isRefused(String partials, String parameters, String text) {
        String mark = parameters.contains("§") ? "" : "§"; // else the error is at a parameter
        refused(
                "@ConfigType " + partials + " " + mark + "record A(" + parameters + ") implements Configurable {}",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static Config<Adan> adan() { return null; } | there is no method adam in A; did you mean \"adan\"? Else write static Config<Optimizer> adam()",
                "                                            | there is no method adam in A; write static Config<Optimizer> adam()",
                "Config<Adam> adam() { return null; }        | the method adam is not static; write",
                "private static Config<Adam> adam() { return null; } | the method adam is private",
                "static Config<Adam> adam(int x) { return null; }    | the method adam has parameters",
                "static Config<Adam> adam() throws Exception { return null; } | the method adam throws Exception",
                "static Adam adam() { return null; }         | the method adam returns Adam",
                "static Config<?> adam() { return null; }    | the method adam returns Config<?>",
                "static Config<Model> adam() { return null; } | the method adam returns Config<Model>"
            })
    void process_wrongDefaultFrom_isRefused(String method, String text) {
        refused(
                "interface Optimizer extends Configurable {} @ConfigType record Adam() implements Optimizer {}"
                        + " @ConfigType record Adan() implements Optimizer {}"
                        + " @ConfigType record A(@DefaultFrom(\"adam\") Optimizer §x) implements Configurable { "
                        + (method == null ? "" : method) + " }",
                "The default of x of A cannot be made: " + text);
    }

    @Test
    void process_defaultFromOfWrongParameter_isRefused() {
        refused(
                "@ConfigType record A(@DefaultFrom(\"m\") int §x) implements Configurable {}",
                "has the type int, and @DefaultFrom is for one configuration; use @Default");
        refused(
                "@ConfigType record A(@DefaultFrom(\"m\") List<Model> §x) implements Configurable {}",
                "a collection may have @Default(\"[]\")");
        accepted("@ConfigType record A(@Default(\"[]\") List<Model> x) implements Configurable {}");
        refused(
                "@ConfigType record A(@Default(\"1\") @DefaultFrom(\"m\") Model §x) implements Configurable"
                        + " { static Config<Model> m() { return null; } }",
                "has both @Default and @DefaultFrom; remove one");
    }

    @Test
    void process_defaultFromThatWasWrong_isRefused() {
        String methods = ") implements Configurable { static Config<Model> small() { return null; } }";
        refused(
                "@ConfigType record A(@DefaultFrom(value = \"small\", was = \"smal\") Model §x" + methods,
                "there is no method smal in A; did you mean \"small\"? Else write static Config<Model> smal() in it");
        refused(
                "@ConfigType record A(@DefaultFrom(value = \"small\", was = Default.ABSENT) Model §x" + methods,
                "The first default of x (Model) cannot be read: only an Optional can be absent");
        refused(
                "@ConfigType record A(@DefaultFrom(value = \"small\", was = \"small\", inId = true) Model §x" + methods,
                "has inId = true, so that no default is left out");
    }

    @Test
    void process_firstDefaults_areAccepted() {
        accepted(
                "@ConfigType record A(@Default(value = \"5\", was = \"1\") @Range(min = 3) int x,"
                        + " @Default(value = \"5\", was = \"5\") int same, @Default(Default.ABSENT) Optional<Integer> absent,"
                        + " @Content @Default(value = \"/a\", was = Default.ABSENT) Optional<Path> path) implements Configurable {}");
    }

    @Test
    void process_rightDefaultFrom_isAccepted() {
        accepted("@ConfigType record A(@DefaultFrom(\"m\") Model x) implements Configurable"
                + " { static Config<? extends Model> m() { return null; } }");
        accepted("@ConfigType record A<M extends Model>(@DefaultFrom(\"m\") M x) implements Configurable"
                + " { public static Config<Model> m() { return null; } }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@GeneratedPath String §x | has the type String; write Path",
                "@GeneratedPath @Default(\"a\") Path §x | is set by the system; remove @Default",
                "@GeneratedPath @Meta Path §x | never counts in the identifier; remove @Meta",
                "@GeneratedPath(\"/tmp/x\") Path §x | has the absolute path \"/tmp/x\"; write one relative to the job's folder",
                "@GeneratedPath(\"a/../b\") Path §x | without . and ..",
                "@GeneratedPath(\"a//b\") Path §x | names with slashes between them",
                "@GeneratedPath(\".experimaestro/x\") Path §x | where the system keeps its own files; write another",
                "@GeneratedPath(\"a\") Path x, @GeneratedPath(\"a\") Path §y | has the same path \"a\" as x; write another",
                "@GeneratedPath Path a, @GeneratedPath(\"a\") Path §y | has the same path \"a\" as a"
            })
    void process_wrongGeneratedPath_isRefused(String parameters, String text) {
        refused(
                "@ConfigType record A(" + parameters
                        + ") implements SelfTask<A> { public void execute(TaskContext c) {} }",
                text);
    }

    @Test
    void process_rightGeneratedPaths_areAccepted() {
        accepted(
                "@ConfigType record A(@GeneratedPath(\"\") Path folder, @GeneratedPath Path model, @GeneratedPath(\"model/w.bin\") Path w)"
                        + " implements SelfTask<A> { public void execute(TaskContext c) {} }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Task<Void>      | makes a Void, which is no configuration type; let it make a record",
                "Task<String>    | or implements SelfTask<A> if it is its own output",
                "Task<List<String>> | makes a String, which is no configuration type",
                "Task<Plain>     | makes a Plain, which is no configuration type; annotate it with @ConfigType",
                "SelfTask<B>     | SelfTask must name the class itself; write implements SelfTask<A>"
            })
    void process_wrongOutput_isRefused(String task, String text) {
        String output =
                task.substring(task.indexOf('<') + 1, task.lastIndexOf('>')).strip();
        refused(
                "record Plain() implements Model {}"
                        + " @ConfigType record B() implements SelfTask<B> { public void execute(TaskContext c) {} }"
                        + " @ConfigType §record A() implements " + task + " { public void execute(TaskContext c) {}"
                        + " public " + output + " outputs(Dependency dep) { return null; } }",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Model", "List<Model>", "Map<String, Model>", "Optional<Set<Model>>", "A"})
    void process_rightOutput_isAccepted(String output) {
        accepted("@ConfigType record A() implements Task<" + output + "> { public void execute(TaskContext c) {}"
                + " public " + output + " outputs(Dependency dep) { return null; } }");
    }

    @Test
    void process_annotationThatIsNoJava_isLeftToTheCompiler() {
        refused("@ConfigType record A(@Default(§5) int x) implements Configurable {}", "incompatible types");
        refused("@ConfigType record A(§@Default int x) implements Configurable {}", "missing a default value");
    }
}
