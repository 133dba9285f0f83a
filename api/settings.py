"""Settings: the only place that reads the environment."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, read from environment variables `REJOINDER_...`; command-line options come before them."""

    model_config = SettingsConfigDict(env_prefix="REJOINDER_", extra="ignore", frozen=True)

    model: str | None = Field(
        default=None, description='Chat model as PROVIDER:NAME, for example "openai:gpt-5-mini"; none: no model is used'
    )
    base_url: str | None = Field(
        default=None, description="Address of an OpenAI-compatible endpoint, for example http://127.0.0.1:8081/v1"
    )
    api_key: SecretStr | None = Field(
        default=None,
        description="Key of the model's endpoint; without it a provider's own variable is used, such as OPENAI_API_KEY",
    )
    model_timeout_s: float = Field(default=150.0, gt=0, description="Seconds that one try of a model call may take")
    facts: Path | None = Field(default=None, description="Fact sheet to use where --facts is not given")
    debug: bool = Field(default=False, description="Show the traceback of an unexpected error")


def read_settings() -> Settings:
    """The settings in force.

    Raises:
        InputError: A variable holds a value that cannot be used; it is named.
    """
    from pydantic import ValidationError

    from language.errors import InputError

    try:
        return Settings()
    except ValidationError as exc:
        problem = exc.errors(include_url=False)[0]
        name = "REJOINDER_" + "_".join(str(part) for part in problem["loc"]).upper()
        raise InputError(f"the setting {name} cannot be used: {problem['msg']}") from exc
