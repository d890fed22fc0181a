// The rules that the published page must meet: all that html-validate recommends, and those of accessibility.
// A rule that is off has its reason beside it.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    "no-inline-style": "off", // Pandoc writes column alignment as style="text-align: right", and the page may not load a stylesheet
    "no-redundant-role": "off", // Pandoc gives an embedded SVG role="img" and a label: some screen readers pass over its alt without
    "prefer-native-element": "off", // citeproc writes the references as div role="list"
    "void-style": "off", // <img /> is as valid as <img>
  },
};
