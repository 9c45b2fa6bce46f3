"""Work orders on devices (Swedish: underhåll), with two clocks on the working calendar."""
