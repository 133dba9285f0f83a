"""Settings: the only place that reads the environment."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class EndpointRules(BaseModel):
    """How one model endpoint may be used, by all debates together."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at_once: int = Field(default=32, ge=1)
    """Calls in flight."""
    per_minute: int | None = Field(default=None, ge=1)
    """Calls that begin within a minute."""
    api_key: SecretStr | None = None


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
    nli: bool = Field(
        default=True, description="Let the cross-encoder read claims beside the rules, where the extra nli is installed"
    )
    facts: Path | None = Field(default=None, description="Fact sheet to use where --facts is not given")
    database_url: SecretStr | None = Field(
        default=None,
        description="Where debates are kept: postgresql://... or sqlite:///PATH; your data folder if unset",
    )
    runner: Literal["here", "workers"] = Field(
        default="here", description='Who plays debates: "here", the server itself, or "workers" (needs Postgres)'
    )
    most_debates_at_once: int = Field(default=200, ge=1, description="Debates that one process plays at the same time")
    models_allowed: tuple[str, ...] = Field(
        default=(),
        description='Models that clients may choose beside REJOINDER_MODEL, as JSON: ["openai:gpt-5-mini", '
        '"small=qwen-1.5b@http://127.0.0.1:8081/v1"]; an id, the name, an address',
    )
    endpoints: dict[str, EndpointRules] = Field(
        default={},
        description='Limits and keys of model endpoints, by address or provider, as JSON: {"http://127.0.0.1:8081/v1": '
        '{"at_once": 1, "per_minute": 60, "api_key": "..."}}; they hold for all debates and workers together',
    )
    model_patience_s: float = Field(
        default=900.0, ge=0, description="Seconds that a debate waits for a model endpoint that is gone"
    )
    record_calls: bool = Field(default=True, description="Keep what models answered beside each debate")
    max_calls: int | None = Field(default=None, ge=0, description="Most model calls of one debate")
    max_tokens: int | None = Field(default=None, ge=0, description="Most tokens, in and out, of one debate")
    max_cost_usd: float | None = Field(default=None, ge=0, description="Most US dollars of one debate")
    upload_limit_mb: float = Field(default=16, gt=0, le=64, description="Largest thread or fact sheet that is uploaded")
    read_limit_s: float = Field(default=60.0, gt=0, description="Seconds that reading one uploaded thread may take")
    requests_per_minute: int = Field(default=1200, ge=1, description="Requests of one key or address in a minute")
    cors_origins: tuple[str, ...] = Field(
        default=(), description='Other sites whose pages may use the service, as JSON: ["https://school.example"]'
    )
    delete_after_days: float | None = Field(
        default=None, gt=0, description="Threads and debates are deleted so many days after they were made; none: kept"
    )
    texts: Path | None = Field(
        default=None, description="Translation of the classroom's pages: a file like texts.en.json, in another language"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Least that is logged")
    log_json: bool = Field(default=True, description="Log one JSON object a line; else lines for people")
    debug: bool = Field(default=False, description="Show the traceback of an unexpected error")


def read_settings() -> Settings:
    """The settings in force.

    Raises:
        InputError: A variable holds a value that cannot be used; it is named.
    """
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from language.errors import InputError

    try:
        return Settings()
    except SettingsError as exc:
        field = str(exc).partition('field "')[2].partition('"')[0]
        raise InputError(f"the setting REJOINDER_{field.upper()} cannot be used: it must be JSON") from exc
    except ValidationError as exc:
        problem = exc.errors(include_url=False)[0]
        name = "REJOINDER_" + "_".join(str(part) for part in problem["loc"]).upper()
        raise InputError(f"the setting {name} cannot be used: {problem['msg']}") from exc


def database_url(settings: Settings) -> str:
    """Where debates are kept: as set, or a file in the user's data folder."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    import platformdirs

    return f"sqlite:///{Path(platformdirs.user_data_dir('rejoinder', appauthor=False)) / 'rejoinder.db'}"
