@NullMarked
package org.experimaestro.plans;

import org.jspecify.annotations.NullMarked;
