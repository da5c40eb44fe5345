/** A test kit: it runs plans and tasks in the process of a test, and compares identifiers with stored ones. */
@NullMarked
package org.experimaestro.testkit;

import org.jspecify.annotations.NullMarked;
