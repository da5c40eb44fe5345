/** For authors of launchers: the contract of a batch system as tests. */
@NullMarked
package org.experimaestro.launcher.contract;

import org.jspecify.annotations.NullMarked;
