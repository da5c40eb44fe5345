package org.experimaestro.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that the rules are about: our own, and those that break the rules to prove that these can fail. */
final class Houses {
    /** The root package of our modules. */
    static final String ROOT = "org.experimaestro";

    /** The root package of modules in which everybody calls everybody. */
    static final String BROKEN_ROOT = "org.experimaestro.architecture.broken";

    static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    private Houses() {}
}
