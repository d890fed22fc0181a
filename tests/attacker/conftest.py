from tests.workflow.conftest import built  # noqa: F401  (a fixture)
