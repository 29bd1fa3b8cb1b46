"""Pictures in SVG that stand on their own: with colours written out, and no style sheet, script or font of theirs."""
