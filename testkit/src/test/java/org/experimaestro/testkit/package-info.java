@org.jspecify.annotations.NullMarked
package org.experimaestro.testkit;
