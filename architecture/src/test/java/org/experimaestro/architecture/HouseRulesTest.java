package org.experimaestro.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the house that hold inside the modules. */
class HouseRulesTest {

    @ParameterizedTest
    @EnumSource
    void rule_ourClasses_keepIt(Rule rule) {
        rule.of(Houses.ROOT).check(Houses.OURS);
    }

    @ParameterizedTest
    @EnumSource
    void rule_brokenClasses_findsTheCulprit(Rule rule) {
        List<String> violations = rule.of(Houses.BROKEN_ROOT)
                .evaluate(Houses.BROKEN)
                .getFailureReport()
                .getDetails();

        assertThat(violations).anyMatch(violation -> violation.contains(rule.culprit));
    }

    /** A rule, and the class in the broken house that it must find. */
    enum Rule {
        NO_CYCLES_OF_PACKAGES("Chicken") {
            @Override
            ArchRule of(String root) {
                return slices().assignedFrom(new Packages(root)).should().beFreeOfCycles();
            }
        },
        /** What a job's process runs before the task: each of these costs milliseconds of its start. */
        FAST_START("SlowStart") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAnyPackage(
                                root + ".runtime..",
                                root + ".core.json..",
                                root + ".core.file..",
                                root + ".core.serial..",
                                root + ".base.file..",
                                root + ".generated..",
                                root + ".model..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.util.stream..",
                                "java.util.regex..",
                                "java.util.logging..",
                                "java.lang.reflect..");
            }
        },
        /** The others return text or throw. */
        ONLY_CLI_AND_RUNTIME_PRINT("SlowStart") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAnyPackage(root + "..")
                        .and()
                        .resideOutsideOfPackages(root + ".cli..", root + ".runtime..", root + ".architecture..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err");
            }
        },
        /** What people read is shown as {@code Printer} shows it; the log of a job has its own way to a terminal. */
        CLI_PRINTS_IN_ONE_PLACE("Loud") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAPackage(root + ".cli..")
                        .and()
                        .doNotHaveSimpleName("Printer")
                        .and()
                        .doNotHaveSimpleName("TerminalLog")
                        .should()
                        .accessTargetWhere(new Printing());
            }
        },
        /** The others throw. */
        ONLY_CLI_AND_RUNTIME_END_THE_PROCESS("SlowStart") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAnyPackage(root + "..")
                        .and()
                        .resideOutsideOfPackages(root + ".cli..", root + ".runtime..")
                        .and()
                        .doNotHaveFullyQualifiedName("org.experimaestro.base.process.ProcessEnd") // which these call
                        .should()
                        .callMethod(System.class, "exit", int.class);
            }
        },
        /** So that a test can decide what time it is. */
        ENGINE_ASKS_ITS_CLOCK("Impatient") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAPackage(root + ".engine..")
                        .and()
                        .doNotHaveSimpleName("SystemClock")
                        .should()
                        .accessTargetWhere(new AskingTheSystem());
            }
        },
        /** No job's class path has the library of statistics. */
        ONLY_TABLE_COMPUTES_STATISTICS("Statistician") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAnyPackage(root + "..")
                        .and()
                        .resideOutsideOfPackage(root + ".table..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.commons.statistics..");
            }
        },
        /** No job's class path has the library of Sobol sequences. */
        ONLY_SEARCH_MAKES_SEQUENCES("Optimizer") {
            @Override
            ArchRule of(String root) {
                return noClasses()
                        .that()
                        .resideInAnyPackage(root + "..")
                        .and()
                        .resideOutsideOfPackage(root + ".search..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.hipparchus..");
            }
        },
        /** A search for a name finds one class. */
        ONE_NAME_ONE_CLASS("Resident") {
            @Override
            ArchRule of(String root) {
                return classes()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .areTopLevelClasses()
                        .and()
                        .doNotHaveSimpleName("package-info")
                        .should(new HaveANameOfTheirOwn());
            }
        },
        /** What is not made to be extended cannot be. */
        CLASSES_ARE_FINAL("Loose") {
            @Override
            ArchRule of(String root) {
                return classes()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .areTopLevelClasses()
                        .and()
                        .areNotInterfaces()
                        .and()
                        .doNotHaveModifier(JavaModifier.ABSTRACT)
                        .should()
                        .haveModifier(JavaModifier.FINAL);
            }
        },
        /** A record cannot grow without breaking those who construct it or take it apart: see decision 15. */
        NO_RECORDS_THAT_USERS_SEE("requirement.Resident") {
            @Override
            ArchRule of(String root) {
                return classes()
                        .that()
                        .resideInAnyPackage(root, root + ".requirement", root + ".generated")
                        .and()
                        .arePublic()
                        .should()
                        .notBeRecords();
            }
        };

        private final String culprit;

        Rule(String culprit) {
            this.culprit = culprit;
        }

        abstract ArchRule of(String root);
    }

    /** No two of the classes that are looked at have the same simple name. */
    private static final class HaveANameOfTheirOwn extends ArchCondition<JavaClass> {
        private final Map<String, List<String>> packages = new HashMap<>();

        HaveANameOfTheirOwn() {
            super("have a name of their own");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            for (JavaClass each : all) {
                packages.computeIfAbsent(each.getSimpleName(), name -> new ArrayList<>())
                        .add(each.getPackageName());
            }
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            List<String> homes = packages.get(item.getSimpleName());
            if (homes.size() > 1) {
                events.add(SimpleConditionEvent.violated(
                        item, item.getSimpleName() + " is the name of classes in " + homes));
            }
        }
    }

    /** Whatever writes text, as a call or as a reference to a method. */
    private static final class Printing extends DescribedPredicate<JavaAccess<?>> {
        private static final List<String> NAMES =
                List.of("print", "println", "printf", "format", "append", "write", "printStackTrace");

        Printing() {
            super("text is printed");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            JavaClass owner = access.getTargetOwner();
            return NAMES.contains(access.getName())
                    && (owner.isAssignableTo(PrintStream.class)
                            || owner.isAssignableTo(PrintWriter.class)
                            || owner.isAssignableTo(Console.class)
                            || owner.isAssignableTo(Throwable.class));
        }
    }

    /** Whatever tells the time of the machine, or waits for it, as a call or as a reference to a method. */
    private static final class AskingTheSystem extends DescribedPredicate<JavaAccess<?>> {
        private static final Map<String, List<String>> NAMES = Map.of(
                "java.lang.System", List.of("currentTimeMillis", "nanoTime"),
                "java.lang.Thread", List.of("sleep"),
                "java.util.concurrent.TimeUnit", List.of("sleep"),
                "java.util.Date", List.of("<init>"),
                "java.time.InstantSource", List.of("system"));

        AskingTheSystem() {
            super("the system is asked for the time");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return NAMES.getOrDefault(owner, List.of()).contains(name)
                    || owner.startsWith("java.time.") && name.equals("now")
                    || owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick"));
        }
    }

    /** Each package is a slice, those of all modules, but for what breaks these rules on purpose. */
    private static final class Packages implements SliceAssignment {
        private final String root;

        Packages(String root) {
            this.root = root;
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return (name + ".").startsWith(root + ".")
                            && !javaClass.getSimpleName().equals("Resident")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages below " + root;
        }
    }
}
