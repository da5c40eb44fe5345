package org.experimaestro.core.reflect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.DataPath;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Dependency;
import org.experimaestro.FormerName;
import org.experimaestro.FormerType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Partial;
import org.experimaestro.Range;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Color;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Dot;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Self;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Shape;
import org.experimaestro.generated.TypeDescriptor;
import org.junit.jupiter.api.Test;

/** Types that cannot be configurations. */
class WrongTypesTest {

    @ConfigType(value = "bad type!", version = 0)
    record Bad<X>(
            int[] array,
            Map<Dot, String> keys,
            Optional<Optional<Integer>> twice,
            List<Optional<Integer>> inside,
            Object anything,
            File file,
            OptionalInt optionalInt,
            ArrayList<String> implementation,
            List<?> wildcard,
            @SuppressWarnings("rawtypes") List raw,
            NotConfigured record,
            X unbounded,
            Config<Dot> handle,
            @Default("3.5") int notWhole,
            @Default("11") @Range(max = 10) int tooLarge,
            @Default("[1, \"a\"]") List<Integer> mixed,
            @Default("1") @DefaultFrom("dots") Shape both,
            @DefaultFrom("missing") Shape noMethod,
            @DefaultFrom("dots") int noConfiguration,
            @Range(min = 0) String noNumber,
            @Range(min = 2, max = 1) int emptyRange,
            @OneOf({}) int noChoice,
            @OneOf("BLUE") Color noConstant,
            @Meta @Default(value = "1", inId = true) int metaInId,
            @Meta @Content Path metaContent,
            @Content @Default("x") Path contentDefault,
            @Content int contentOfNumber,
            @DataPath int dataOfNumber,
            @GeneratedPath int noPath,
            int build) {
        static Dot dots() {
            return new Dot(1);
        }
    }

    record NotConfigured(int x) {}

    @ConfigType("wrong.partial")
    @Partial(value = "states", exclude = "lenght")
    record WrongPartial(
            @Group("length") int epochs,
            @Group("length") @GeneratedPath Path grouped,
            @GeneratedPath(partial = "sates") Path states)
            implements Configurable {}

    @Test
    void describe_wrongPartialIdentifier_isRefused() {
        assertThatThrownBy(() -> describe(WrongPartial.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the partial identifier \"states\" names the group \"lenght\", which no"
                        + " parameter is in; did you mean \"length\"?")
                .hasMessageContaining("the generated path grouped never counts in an identifier; remove @Group")
                .hasMessageContaining("the generated path states is in the shared folder of the partial identifier"
                        + " \"sates\", which its type does not have; did you mean \"states\"?");
    }

    @Test
    void describe_allThatCanBeWrong_isToldAtOnce() {
        assertThatThrownBy(() -> describe(Bad.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        org.experimaestro.core.reflect.WrongTypesTest$Bad is not a correct configuration type: \
                        the type id "bad type!" has other characters than A-Z a-z 0-9 _ . -; write one such as @ConfigType("tutorial.adam")
                          its version is 0; versions begin at 1
                          it does not implement Configurable; write "implements Configurable", an interface that extends it, or Task<…>
                          its type variable X must be bounded: write X extends Configurable, or an interface that extends it
                          a parameter cannot be called build, as a method that every builder has is; rename it
                          parameter array has the type int[]: arrays can be changed and have no equality; write List<Integer>
                          parameter keys has the type Map<Dot, String>: its keys must be of type String, an enum, or a number
                          parameter twice has the type Optional<Optional<Integer>>: an optional cannot be in another; write Optional<Integer>
                          parameter inside has the type List<Optional<Integer>>: an optional cannot be in a collection; write int and leave absent values out
                          parameter anything has the type Object: it is not supported; use numbers, boolean, char, String, enums, Path, Duration, Optional, List, Set, Map, or a type that implements Configurable
                          parameter file has the type File: write Path
                          parameter optionalInt has the type OptionalInt: write Optional<Integer>
                          parameter implementation has the type ArrayList<String>: write the interface List<String>
                          parameter wildcard has the type ?: wildcards are not supported; write the interface or class that is meant
                          parameter raw has the type List: it is raw; write its type arguments, such as List<…>
                          parameter record has the type NotConfigured: it is a record but no configuration; annotate NotConfigured with @ConfigType and let it implement Configurable
                          parameter unbounded has the type X: the type variable must be bounded: X extends Configurable, or an interface that extends it
                          parameter handle has the type Config<Dot>: the handle belongs to plans; write the plain type
                          the default of notWhole (int) cannot be read: "3.5" is not an int; write a number as in Java, such as 3, -1 or 1_000
                          the default of tooLarge is not allowed: tooLarge is 11, not at most 10; change @Default or the limit
                          the default of mixed (List<Integer>) cannot be read: "a" is not what is expected here: a whole number
                          the default of both (Shape) cannot be read: a configuration cannot be written as text; use @DefaultFrom with a static method that makes it
                          parameter both of Bad has both @Default and @DefaultFrom; remove one
                          the default of noMethod cannot be made: there is no method missing in Bad; write static Config<Shape> missing() in it
                          parameter noConfiguration of Bad has the type int, and @DefaultFrom is for configurations; use @Default
                          parameter noNumber of Bad has the type String, and @Range is for numbers; remove it, or use @OneOf
                          parameter emptyRange of Bad has a @Range from 2.0 to 1.0, which no number is in; write the least number first
                          parameter noChoice of Bad has no choices in its @OneOf; write them, or remove it
                          a choice of noConstant (Color) cannot be read: "BLUE" is not a constant of the enum; The constants are RED, GREEN
                          parameter metaInId of Bad is a meta parameter, which never counts in the identifier; remove @Meta, or inId = true
                          parameter metaContent of Bad is a meta parameter, which is not identified at all; remove @Meta or @Content
                          parameter contentDefault of Bad has a default that would not count, whatever the file contains; write @Default(…, inId = true)
                          parameter contentOfNumber of Bad has the type int, and @Content is for Path; remove it
                          parameter dataOfNumber of Bad has the type int, and @DataPath is for Path; remove it
                          the generated path noPath has the type int; write Path""");
    }

    @ConfigType("reflect.bad-task")
    record BadTask(
            @GeneratedPath("/a") Path absolute,
            @GeneratedPath("a/../b") Path up,
            @GeneratedPath(".Experimaestro/x") Path ours,
            @GeneratedPath("x") Path one,
            @GeneratedPath("x") Path other,
            @GeneratedPath @Default("y") @Meta String text)
            implements Task<String> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public String outputs(Dependency dep) {
            return "";
        }
    }

    @Test
    void describe_generatedPathsThatAreWrong_saysWhy() {
        assertThatThrownBy(() -> describe(BadTask.class))
                .hasMessageContaining("it is a task that makes a String, which is no configuration type")
                .hasMessageContaining("the generated path absolute has the absolute path \"/a\"; write one relative")
                .hasMessageContaining("the generated path up has the path \"a/../b\"; write names with slashes")
                .hasMessageContaining("ours has the path \".Experimaestro/x\", where the system keeps its own files")
                .hasMessageContaining("the generated path other has the same path \"x\" as one; write another")
                .hasMessageContaining("the generated path text has the type String; write Path")
                .hasMessageContaining("the generated path text is set by the system; remove @Default")
                .hasMessageContaining("the generated path text never counts in the identifier; remove @Meta");
    }

    @ConfigType("reflect.other-self")
    record OtherSelf() implements SelfTask<Self> {
        @Override
        public void execute(TaskContext context) {}
    }

    @ConfigType("reflect.bad-class")
    abstract static class BadClass implements Configurable {
        @ConfigConstructor
        BadClass(int x, int y, int z) {}

        long x() {
            return 0;
        }

        static int y() {
            return 0;
        }
    }

    @ConfigType("reflect.private")
    private record Hidden() implements Configurable {}

    @ConfigType("reflect.inner")
    class Inner implements Configurable {}

    @ConfigType("reflect.interface")
    interface Marked extends Configurable {}

    @Test
    void describe_classesThatAreWrong_saysWhy() {
        @ConfigType("reflect.local")
        record Local() implements Configurable {}
        assertThatThrownBy(() -> describe(Local.class))
                .hasMessageContaining("it is local; make it a member of a class");
        assertThatThrownBy(() -> describe(Hidden.class))
                .hasMessageContaining("Hidden is private; make it package-private or public");
        assertThatThrownBy(() -> describe(Inner.class))
                .hasMessageContaining("it belongs to an instance: the class Inner is not static; make it static")
                .hasMessageContaining("it is neither a record nor has it a constructor with @ConfigConstructor");
        assertThatThrownBy(() -> describe(Marked.class))
                .hasMessageContaining("it is an interface; annotate the records");
        assertThatThrownBy(() -> describe(OtherSelf.class))
                .hasMessageContaining("SelfTask must name the class itself; write implements SelfTask<OtherSelf>");
        assertThatThrownBy(() -> describe(BadClass.class))
                .hasMessageContaining("it is abstract; annotate the classes that extend it")
                .hasMessageContaining("the method x() cannot give the parameter x back: it returns long; write int x()")
                .hasMessageContaining("the method y() cannot give the parameter y back: it is static; write int y()")
                .hasMessageContaining("it has no method that gives the parameter z back; write int z() in it");
    }

    private static TypeDescriptor<?> describe(Class<?> type) {
        return new ReflectiveDescriptors().describe(type);
    }

    @ConfigType("renamed")
    @FormerType({"renamed", "old", "old", "not one!"})
    record Renamed(@FormerName({"b", "c", "c"}) int a, int b) implements Configurable {}

    @Test
    void describe_formerNamesThatAreNotClear_areListed() {
        assertThatThrownBy(() -> new ReflectiveDescriptors().describe(Renamed.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "the former type id renamed is the type id of today",
                        "the former type id old is named twice",
                        "the former type id \"not one!\" has other characters",
                        "the former name b of a is the name of another parameter",
                        "the former name c of a is named twice");
    }
}
