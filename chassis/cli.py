"""The command `rampen`: what runs, and what an operator does."""

import os
from datetime import UTC, datetime
from importlib.metadata import entry_points

import click


@click.group()
def main() -> None:
    """Rampen: the supply of assistive devices as one chain."""


@main.command()
@click.argument("service")
def serve(service: str) -> None:
    """Run one service in this process."""
    # Names are looked up when a connection is opened, no oftener: eventlet's own resolver, which
    # takes as long to import as all the rest of it, would be of no use.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    import eventlet

    eventlet.monkey_patch()
    from chassis import host

    if service not in host.service_names():
        raise click.UsageError(f"there is no service {service}")
    host.serve(host.service_class(service))


@main.command()
@click.argument("services", nargs=-1)
def relay(services: tuple[str, ...]) -> None:
    """Publish the events, and send the mails, of SERVICES (all when none is named)."""
    from chassis import relaying

    relaying.run(services)


@main.command()
@click.argument("service", required=False)
@click.option("--all", "every", is_flag=True, help="Every service's database.")
def migrate(service: str | None, every: bool) -> None:
    """Bring the database of SERVICE to the newest version."""
    from chassis import host, migrations, settings

    for name in host.service_names() if every else [service]:
        if name is None:
            raise click.UsageError("name a service, or give --all")
        migrations.upgrade(name, settings.database_url(name))
        click.echo(f"{name}: migrated")


@main.command("publish-again")
@click.argument("service")
@click.option("--since", type=click.DateTime(["%Y-%m-%dT%H:%M"]), required=True, help="In UTC.")
def publish_again(service: str, since: datetime) -> None:
    """Tell again what SERVICE has told since then, as after a broker was lost."""
    from chassis import database, relay, settings

    engine = database.connect(settings.database_url(service), 1)
    count = relay.publish_again(engine, since.replace(tzinfo=UTC))
    click.echo(f"{count} events of {service} will be published again")


@main.command()
def declare() -> None:
    """Make every queue exist, before anything publishes to them."""
    from chassis import dead_letters, settings

    dead_letters.declare_all(settings.amqp_uri())


@main.group("dead-letters")
def dead_letter_commands() -> None:
    """What event handlers gave up on."""


_queue = click.option("--queue", help="Only those of this queue.")


@dead_letter_commands.command("list")
@_queue
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_letters(queue: str | None, as_json: bool) -> None:
    """List them with their reason."""
    from chassis import dead_letters

    for letter in _letters(queue):
        row = f"{letter.failed_at:%Y-%m-%d %H:%M:%SZ}  {letter.queue}  {letter.event_id}"
        row += f"  {letter.event_type}  {letter.reason}"
        click.echo(dead_letters.as_json(letter) if as_json else row)


@dead_letter_commands.command()
@click.argument("event_id")
def show(event_id: str) -> None:
    """Show one, with what it holds."""
    from chassis import dead_letters

    found = [letter for letter in _letters(None) if letter.event_id == event_id]
    for letter in found:
        click.echo(dead_letters.as_json(letter))
    _expect(len(found), event_id)


@dead_letter_commands.command()
@click.argument("event_id", required=False)
@_queue
@click.option("--all", "every", is_flag=True, help="All of them.")
def replay(event_id: str | None, queue: str | None, every: bool) -> None:
    """Give EVENT_ID, or all, back to the handler that gave up on it."""
    from chassis import dead_letters, settings

    if event_id is None and not every:
        raise click.UsageError("name an event id, or give --all")
    with dead_letters.channel(settings.amqp_uri()) as opened:
        count = dead_letters.replay(opened, _dead_queues(queue), event_id)
    if event_id is not None:
        _expect(count, event_id)
    click.echo(f"{count} replayed")


@dead_letter_commands.command()
@click.argument("event_id")
@_queue
@click.confirmation_option(prompt="The event will never be handled. Discard it?")
def discard(event_id: str, queue: str | None) -> None:
    """Delete EVENT_ID for good."""
    from chassis import dead_letters, settings

    with dead_letters.channel(settings.amqp_uri()) as opened:
        _expect(dead_letters.discard(opened, _dead_queues(queue), event_id), event_id)
    click.echo("discarded")


def _letters(queue: str | None):
    from chassis import dead_letters, settings

    with dead_letters.channel(settings.amqp_uri()) as opened:
        return dead_letters.letters(opened, _dead_queues(queue))


def _dead_queues(queue: str | None) -> list[str]:
    from chassis import dead_letters, topology

    names = [queue] if queue else [queue.name for queue in dead_letters.event_queues()]
    return [topology.DEAD + name for name in names]


def _expect(found: int, event_id: str) -> None:
    if not found:
        raise click.ClickException(f"no dead letter has the event id {event_id}")


for entry_point in entry_points(group="rampen.commands"):
    main.add_command(entry_point.load())


if __name__ == "__main__":
    main()
