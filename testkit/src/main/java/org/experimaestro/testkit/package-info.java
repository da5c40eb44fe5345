/** For tests: plans and tasks are run in the process of a test, and identifiers are compared with stored ones. */
@NullMarked
package org.experimaestro.testkit;

import org.jspecify.annotations.NullMarked;
