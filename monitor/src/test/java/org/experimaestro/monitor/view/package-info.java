@NullMarked
package org.experimaestro.monitor.view;

import org.jspecify.annotations.NullMarked;
