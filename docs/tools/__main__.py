from docs.tools import write

if __name__ == "__main__":
    write()
